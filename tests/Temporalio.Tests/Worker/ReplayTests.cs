using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Replaying histories: patches, nondeterminism, and what a failed task reports.</summary>
[Collection(WorkerCollection.Name)]
public sealed class ReplayTests(ServerFixture server)
{
    private static WorkflowHistory OneTimer => Histories.FirstTask("Changing", "run").With(
        [Histories.Completed(3, 2, 1), Histories.TimerStarted("1"), Histories.Signaled("x"), .. Histories.Task()]);

    [Fact]
    public async Task Replay_OfTheSameCode_Succeeds() => await Histories.ReplayAsync<TimerCode>(OneTimer);

    [Fact]
    public async Task Replay_OfOtherCommands_NamesTheEventAndTheCommand()
    {
        var failure = await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => Histories.ReplayAsync<ActivityCode>(OneTimer));
        Assert.Contains("event 5 TimerStarted", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ScheduleActivityTask (activity 1 of type Work)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfCodeThatDoesLess_NamesTheEvent()
    {
        var failure = await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => Histories.ReplayAsync<IdleCode>(OneTimer));
        Assert.Contains("event 5 TimerStarted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfCodeThatDoesMore_NamesTheCommand()
    {
        var failure = await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => Histories.ReplayAsync<TwoTimerCode>(OneTimer));
        Assert.Contains("StartTimer (timer 2)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfAnOpenHistory_ComparesItsLastCommandsToo()
    {
        var open = Histories.FirstTask("Changing", "run").With(Histories.Completed(3, 2, 1), Histories.TimerStarted("1"));
        await Histories.ReplayAsync<TimerCode>(open);
        await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => Histories.ReplayAsync<ActivityCode>(open));
    }

    [Fact]
    public async Task Replayer_NotToThrow_ReturnsTheFailure()
    {
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<IdleCode>());
        var results = await replayer.ReplayWorkflowsAsync([OneTimer]);
        Assert.IsType<WorkflowNondeterminismException>(Assert.Single(results).ReplayFailure);
    }

    [Fact]
    public Task ChangedCode_BetweenTwoTasks_FailsTheTaskForNondeterminism_AndHealsWhenItIsBack() => server.WithWorkerAsync(
        options =>
        {
            options.MaxCachedWorkflows = 0;
            options.AddWorkflow<SwitchableWorkflow>();
        },
        async scope =>
        {
            SwitchableWorkflow.Extra = false;
            var options = scope.Options();
            options.TaskTimeout = TimeSpan.FromSeconds(1);
            var handle = await scope.Client.StartWorkflowAsync((SwitchableWorkflow wf) => wf.RunAsync(), options);
            await handle.QueryAsync(wf => wf.Seen);
            SwitchableWorkflow.Extra = true;
            await handle.SignalAsync(wf => wf.GoAsync());
            await Server.Eventually.HoldsAsync(
                () => handle.FetchHistoryAsync(), history => history.Events.Any(e => e.EventType == EventType.WorkflowTaskFailed));

            SwitchableWorkflow.Extra = false;
            await handle.GetResultAsync();
            var failure = (await handle.FetchHistoryAsync()).Events.First(e => e.EventType == EventType.WorkflowTaskFailed)
                .WorkflowTaskFailedEventAttributes;
            Assert.Equal(WorkflowTaskFailedCause.NonDeterministicError, failure.Cause);
            Assert.Contains("TimerStarted", failure.Failure.Message, StringComparison.Ordinal);
        });

    [Fact]
    public Task Patch_IsTakenByNewRuns_AndNotByThoseThatStartedBeforeIt() => server.WithWorkerAsync(
        options =>
        {
            options.MaxCachedWorkflows = 0;
            options.AddWorkflow<PatchWorkflow>();
        },
        async scope =>
        {
            PatchWorkflow.HasPatch = false;
            var old = await scope.Client.StartWorkflowAsync((PatchWorkflow wf) => wf.RunAsync(), scope.Options());
            await old.QueryAsync(wf => wf.Path);
            PatchWorkflow.HasPatch = true;
            var young = await scope.Client.StartWorkflowAsync((PatchWorkflow wf) => wf.RunAsync(), scope.Options());
            await young.QueryAsync(wf => wf.Path);
            await old.SignalAsync(wf => wf.GoAsync());
            await young.SignalAsync(wf => wf.GoAsync());
            Assert.Equal("old", await old.GetResultAsync());
            Assert.Equal("new", await young.GetResultAsync());

            var history = await young.FetchHistoryAsync();
            var marker = history.Events.ToList().FindIndex(e => e.EventType == EventType.MarkerRecorded);
            var upsert = history.Events.ElementAt(marker + 1).UpsertWorkflowSearchAttributesEventAttributes;
            Assert.Equal("[\"better\"]", upsert.SearchAttributes.IndexedFields["TemporalChangeVersion"].Data.ToStringUtf8());
            await Histories.ReplayAsync<PatchWorkflow>(history);
        });

    [Fact]
    public async Task DeprecatedPatch_MayDisappearFromTheCode()
    {
        WorkflowHistory? history = null;
        await server.WithWorkerAsync(
            options => options.AddWorkflow<DeprecatedPatchWorkflow>(),
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((DeprecatedPatchWorkflow wf) => wf.RunAsync(), scope.Options());
                await handle.GetResultAsync();
                history = await handle.FetchHistoryAsync();
            });
        await Histories.ReplayAsync<DeprecatedPatchWorkflow>(history!);
        await Histories.ReplayAsync<PatchlessWorkflow>(history!);
    }

    [Fact]
    public Task History_SurvivesJson() => server.WithWorkerAsync(
        options => options.AddWorkflow<DeprecatedPatchWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((DeprecatedPatchWorkflow wf) => wf.RunAsync(), scope.Options());
            await handle.GetResultAsync();
            var json = (await handle.FetchHistoryAsync()).ToJson();
            await Histories.ReplayAsync<DeprecatedPatchWorkflow>(WorkflowHistory.FromJson(handle.Id, json));
        });

    [Workflow("Changing")]
    public sealed class TimerCode
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.DelayAsync(1000);
    }

    [Workflow("Changing")]
    public sealed class TwoTimerCode
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.WhenAllAsync(Workflow.DelayAsync(1000), Workflow.DelayAsync(1000));
    }

    [Workflow("Changing")]
    public sealed class IdleCode
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.WaitConditionAsync(() => false);
    }

    [Workflow("Changing")]
    public sealed class ActivityCode
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.ExecuteActivityAsync(
            () => Work(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(1) });

        [Activity]
        public static void Work()
        {
        }
    }

    [Workflow]
    public sealed class SwitchableWorkflow
    {
        private bool go;

        internal static bool Extra { get; set; }

        [WorkflowQuery]
        public bool Seen => go;

        [WorkflowRun]
        public async Task RunAsync()
        {
            if (!Extra)
            {
                _ = Workflow.DelayAsync(TimeSpan.FromHours(1));
            }

            await Workflow.WaitConditionAsync(() => go);
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class PatchWorkflow
    {
        private bool go;

        internal static bool HasPatch { get; set; }

        [WorkflowQuery]
        public string Path { get; private set; } = "none";

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            Path = HasPatch && Workflow.Patched("better") ? "new" : "old";
            await Workflow.WaitConditionAsync(() => go);
            return Path;
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Deprecating")]
    public sealed class DeprecatedPatchWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            Workflow.DeprecatePatch("ancient");
            await Workflow.DelayAsync(1);
        }
    }

    [Workflow("Deprecating")]
    public sealed class PatchlessWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.DelayAsync(1);
    }
}
