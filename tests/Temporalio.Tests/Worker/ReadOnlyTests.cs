using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Queries and validators may look at a workflow, not change it.</summary>
[Collection(WorkerCollection.Name)]
public sealed class ReadOnlyTests(ServerFixture server)
{
    [Fact]
    public Task PatchedInAQuery_DecidedForTheWholeRun() => server.WithWorkerAsync(
        options => options.AddWorkflow<CuriousWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CuriousWorkflow wf) => wf.RunAsync(), scope.Options());
            var failed = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(wf => wf.Do("patch")));
            Assert.Equal("Cannot create patch in this context", failed.Message);
            await handle.ExecuteUpdateAsync(wf => wf.EndAsync("nothing"));
            Assert.True(await handle.GetResultAsync());
            var history = await handle.FetchHistoryAsync();
            Assert.Contains(history.Events, e => e.EventType == EventType.MarkerRecorded);
            await Histories.ReplayAsync<CuriousWorkflow>(history);
        });

    [Theory]
    [InlineData("deprecate", "Cannot deprecate patch in this context")]
    [InlineData("details", "Cannot set current details in this context")]
    [InlineData("handler", "Cannot modify workflow handlers in this context")]
    [InlineData("dynamic handler", "Cannot modify workflow handlers in this context")]
    [InlineData("wait", "Cannot wait or schedule workflow work in this context")]
    [InlineData("task", "Cannot wait or schedule workflow work in this context")]
    public Task QueriesAndValidators_CouldChangeTheWorkflow(string what, string refusal) => server.WithWorkerAsync(
        options => options.AddWorkflow<CuriousWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((CuriousWorkflow wf) => wf.RunAsync(), scope.Options());
            var query = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(wf => wf.Do(what)));
            Assert.Equal(refusal, query.Message);
            var update = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.EndAsync(what)));
            Assert.Equal(refusal, update.InnerException!.Message);
            await handle.TerminateAsync();
        });

    [Workflow]
    public sealed class CuriousWorkflow
    {
        private bool end;

        public CuriousWorkflow() => Workflow.Queries["Later"] = WorkflowQueryDefinition.CreateWithoutAttribute("Later", () => 1);

        [WorkflowRun]
        public async Task<bool> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => end);
            return Workflow.Patched("better");
        }

        [WorkflowQuery]
        public bool Do(string what)
        {
            switch (what)
            {
                case "patch":
                    return Workflow.Patched("better");
                case "deprecate":
                    Workflow.DeprecatePatch("better");
                    break;
                case "details":
                    Workflow.CurrentDetails = "new";
                    break;
                case "handler":
                    Workflow.Queries.Remove("Later");
                    break;
                case "dynamic handler":
                    Workflow.DynamicSignal = null;
                    break;
                case "wait":
                    _ = Workflow.WaitConditionAsync(() => true);
                    break;
                case "task":
                    _ = Workflow.RunTaskAsync(() => Task.CompletedTask);
                    break;
                default:
                    break;
            }

            return true;
        }

        [WorkflowUpdate]
        public Task EndAsync(string what)
        {
            end = true;
            return Task.CompletedTask;
        }

        [WorkflowUpdateValidator(nameof(EndAsync))]
        public void ValidateEnd(string what) => Do(what);
    }
}
