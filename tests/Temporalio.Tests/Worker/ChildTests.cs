using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Child workflows, other workflows, and continuing as new.</summary>
[Collection(WorkerCollection.Name)]
public sealed class ChildTests(ServerFixture server)
{
    [Fact]
    public Task Child_TakesSignalsAndReturnsItsResult() => server.WithWorkerAsync(
        options => options.AddWorkflow<ParentWorkflow>().AddWorkflow<ChildWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("result"), scope.Options());
            Assert.Equal("child got signal", await handle.GetResultAsync());
            await Histories.ReplayAsync<ParentWorkflow>(await handle.FetchHistoryAsync());
        });

    [Fact]
    public Task FailingChild_FailsItsParentWithItsCause() => server.WithWorkerAsync(
        options => options.AddWorkflow<ParentWorkflow>().AddWorkflow<ChildWorkflow>(),
        async scope =>
        {
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(
                () => scope.Client.ExecuteWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("failure"), scope.Options()));
            var child = Assert.IsType<ChildWorkflowFailureException>(failed.InnerException);
            Assert.Equal("broken child", Assert.IsType<ApplicationFailureException>(child.InnerException).Message);
        });

    [Fact]
    public Task CancelledParent_CancelsItsChildAndWaitsForIt() => server.WithWorkerAsync(
        options => options.AddWorkflow<ParentWorkflow>().AddWorkflow<ChildWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("cancel"), scope.Options());
            while (await handle.QueryAsync(wf => wf.ChildId) is null)
            {
            }

            await handle.CancelAsync();
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failed.InnerException);
            var child = scope.Client.GetWorkflowHandle((await handle.QueryAsync(wf => wf.ChildId))!);
            Assert.Equal(WorkflowExecutionStatus.Canceled, (await child.DescribeAsync()).Status);
            await Histories.ReplayAsync<ParentWorkflow>(await handle.FetchHistoryAsync());
        });

    [Fact]
    public Task ChildWithAnIdThatIsTaken_IsRefused() => server.WithWorkerAsync(
        options => options.AddWorkflow<TwinWorkflow>().AddWorkflow<ChildWorkflow>(),
        async scope => Assert.Equal(
            "refused", await scope.Client.ExecuteWorkflowAsync((TwinWorkflow wf) => wf.RunAsync(), scope.Options())));

    [Fact]
    public Task SignalToAnUnknownWorkflow_Fails() => server.WithWorkerAsync(
        options => options.AddWorkflow<StrayWorkflow>(),
        async scope =>
        {
            var message = await scope.Client.ExecuteWorkflowAsync((StrayWorkflow wf) => wf.RunAsync(), scope.Options());
            Assert.Contains("nobody", message, StringComparison.Ordinal);
        });

    [Fact]
    public Task ContinueAsNew_KeepsMemoAndSearchAttributes_AndPassesItsState() => server.WithWorkerAsync(
        options => options.AddWorkflow<GenerationsWorkflow>(),
        async scope =>
        {
            var options = scope.Options();
            options.Memo = new Dictionary<string, object> { ["origin"] = "start" };
            var handle = await scope.Client.StartWorkflowAsync((GenerationsWorkflow wf) => wf.RunAsync(0), options);
            Assert.Equal("generation 3 of start and 2", await handle.GetResultAsync());
        });

    [Workflow]
    public sealed class ParentWorkflow
    {
        [WorkflowQuery]
        public string? ChildId { get; private set; }

        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            var child = await Workflow.StartChildWorkflowAsync((ChildWorkflow wf) => wf.RunAsync(what));
            ChildId = child.Id;
            if (what == "result")
            {
                await child.SignalAsync(wf => wf.TellAsync("signal"));
            }

            return await child.GetResultAsync();
        }
    }

    [Workflow]
    public sealed class ChildWorkflow
    {
        private string? told;

        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            if (what == "failure")
            {
                throw new ApplicationFailureException("broken child", nonRetryable: true);
            }

            await Workflow.WaitConditionAsync(() => told != null);
            return $"child got {told}";
        }

        [WorkflowSignal]
        public Task TellAsync(string text)
        {
            told = text;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class TwinWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            var options = new ChildWorkflowOptions { Id = $"{Workflow.Info.WorkflowId}-twin" };
            await Workflow.StartChildWorkflowAsync((ChildWorkflow wf) => wf.RunAsync("result"), options);
            try
            {
                await Workflow.StartChildWorkflowAsync((ChildWorkflow wf) => wf.RunAsync("result"), options);
                return "started twice";
            }
            catch (WorkflowAlreadyStartedException)
            {
                return "refused";
            }
        }
    }

    [Workflow]
    public sealed class StrayWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            try
            {
                await Workflow.GetExternalWorkflowHandle("nobody").SignalAsync("hello", []);
                return "delivered";
            }
            catch (ApplicationFailureException e)
            {
                return e.Message;
            }
        }
    }

    [Workflow]
    public sealed class GenerationsWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(int generation)
        {
            if (generation < 3)
            {
                Workflow.UpsertMemo(MemoUpdate.ValueSet("last", generation));
                await Workflow.DelayAsync(1);
                throw Workflow.CreateContinueAsNewException((GenerationsWorkflow wf) => wf.RunAsync(generation + 1));
            }

            var origin = Workflow.PayloadConverter.ToValue<string>(Workflow.Memo["origin"].Payload);
            var last = Workflow.PayloadConverter.ToValue<int>(Workflow.Memo["last"].Payload);
            return $"generation {generation} of {origin} and {last}";
        }
    }
}
