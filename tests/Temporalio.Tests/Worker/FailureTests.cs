using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What fails a workflow, and what only fails its task.</summary>
[Collection(PatientWorkerCollection.Name)]
public sealed class FailureTests(ServerFixture server)
{
    [Fact]
    public Task UnexpectedException_FailsTheTask_AndTheWorkflowGoesOnWhenTheCodeIsRepaired() => server.WithWorkerAsync(
        options => options.AddWorkflow<BuggyWorkflow>(),
        async scope =>
        {
            BuggyWorkflow.Broken = true;

            // A second failure would not be told but time out.
            var options = scope.Options();
            options.TaskTimeout = TimeSpan.FromSeconds(1);
            var handle = await scope.Client.StartWorkflowAsync((BuggyWorkflow wf) => wf.RunAsync(), options);
            await UntilTaskFailsAsync(handle);
            BuggyWorkflow.Broken = false;
            Assert.Equal("repaired", await handle.GetResultAsync());
            var failure = (await handle.FetchHistoryAsync()).Events.First(e => e.EventType == EventType.WorkflowTaskFailed);
            Assert.Equal(
                WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, failure.WorkflowTaskFailedEventAttributes.Cause);
            Assert.Contains("a bug", failure.WorkflowTaskFailedEventAttributes.Failure.Message, StringComparison.Ordinal);
        });

    [Fact]
    public Task ConfiguredExceptionType_FailsTheWorkflow() => server.WithWorkerAsync(
        options =>
        {
            options.WorkflowFailureExceptionTypes = [typeof(InvalidDataException)];
            options.AddWorkflow<ConfiguredFailureWorkflow>();
        },
        async scope =>
        {
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(
                () => scope.Client.ExecuteWorkflowAsync((ConfiguredFailureWorkflow wf) => wf.RunAsync(), scope.Options()));
            Assert.Equal("InvalidDataException", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
        });

    [Fact]
    public Task CodeThatBlocksItsThread_IsReportedAsADeadlock() => server.WithWorkerAsync(
        options => options.AddWorkflow<BlockingWorkflow>(),
        async scope =>
        {
            // Attempts that meet the blocked one are not answered; they time out.
            var options = scope.Options();
            options.TaskTimeout = TimeSpan.FromSeconds(5);
            var handle = await scope.Client.StartWorkflowAsync((BlockingWorkflow wf) => wf.RunAsync(), options);
            await UntilTaskFailsAsync(handle);
            var failure = (await handle.FetchHistoryAsync()).Events.First(e => e.EventType == EventType.WorkflowTaskFailed);
            Assert.StartsWith("[TMPRL1101]", failure.WorkflowTaskFailedEventAttributes.Failure.Message, StringComparison.Ordinal);
            BlockingWorkflow.Unblock.Set();
            await handle.GetResultAsync();
        });

    [Fact]
    public Task CodeThatResumesOnAnotherThread_FailsItsTask() => server.WithWorkerAsync(
        options => options.AddWorkflow<EscapingWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((EscapingWorkflow wf) => wf.RunAsync(), scope.Options());
            while (!EscapingWorkflow.Escaped.IsSet)
            {
                await Task.Yield();
            }

            // The escape shows at the next task at the latest.
            while (!(await handle.FetchHistoryAsync()).Events.Any(e => e.EventType == EventType.WorkflowTaskFailed))
            {
                await handle.SignalAsync("tick", []);
            }

            var failure = (await handle.FetchHistoryAsync()).Events.First(e => e.EventType == EventType.WorkflowTaskFailed);
            Assert.Contains("Task.Run", failure.WorkflowTaskFailedEventAttributes.Failure.Message, StringComparison.Ordinal);
            await handle.TerminateAsync();
        });

    [Fact]
    public void InvalidDefinition_SaysEverythingThatIsWrong()
    {
        var e = Assert.Throws<AggregateException>(() => WorkflowDefinition.Create<InvalidWorkflow>());
        Assert.All(e.InnerExceptions, error => Assert.IsType<ArgumentException>(error));
        Assert.Contains("no method has the WorkflowRun attribute", e.Message, StringComparison.Ordinal);
        Assert.Contains("must return Task", e.Message, StringComparison.Ordinal);
        Assert.Contains("more than one query named Same", e.Message, StringComparison.Ordinal);
        Assert.Contains("Missing, which is not an update method", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkerWithNothingToDo_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new TemporalWorker(server.Client, new TemporalWorkerOptions("queue")));

    [Fact]
    public Task UnknownWorkflowType_FailsItsTaskWithTheNamesThatAreKnown() => server.WithWorkerAsync(
        options => options.AddWorkflow<BuggyWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync("Unheard", [], scope.Options());
            await UntilTaskFailsAsync(handle);
            var failure = (await handle.FetchHistoryAsync()).Events.First(e => e.EventType == EventType.WorkflowTaskFailed);
            Assert.Contains("BuggyWorkflow", failure.WorkflowTaskFailedEventAttributes.Failure.Message, StringComparison.Ordinal);
            await handle.TerminateAsync();
        });

    private static async Task UntilTaskFailsAsync(WorkflowHandle handle)
    {
        while (!(await handle.FetchHistoryAsync()).Events.Any(e => e.EventType == EventType.WorkflowTaskFailed))
        {
        }
    }

    [Workflow]
    public sealed class BuggyWorkflow
    {
        internal static bool Broken { get; set; }

        [WorkflowRun]
        public Task<string> RunAsync() =>
            Broken ? throw new InvalidOperationException("a bug") : Task.FromResult("repaired");
    }

    [Workflow]
    public sealed class ConfiguredFailureWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => throw new InvalidDataException("bad data");
    }

    [Workflow]
    public sealed class BlockingWorkflow
    {
        internal static ManualResetEventSlim Unblock { get; } = new();

        [WorkflowRun]
        public Task RunAsync()
        {
            Unblock.Wait(CancellationToken.None);
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class EscapingWorkflow
    {
        internal static ManualResetEventSlim Escaped { get; } = new();

        [WorkflowRun]
        public async Task RunAsync()
        {
            await Task.Run(() => { }, CancellationToken.None).ContinueWith(_ => Escaped.Set(), TaskScheduler.Default);
            await Workflow.WaitConditionAsync(() => false);
        }
    }

    [Workflow]
    public sealed class InvalidWorkflow
    {
        [WorkflowQuery("Same")]
        public int First => 1;

        [WorkflowQuery("Same")]
        public int Second => 2;

        [WorkflowSignal]
        public void Signal() => throw new NotSupportedException();

        [WorkflowUpdateValidator("Missing")]
        public void Validate() => throw new NotSupportedException();
    }
}
