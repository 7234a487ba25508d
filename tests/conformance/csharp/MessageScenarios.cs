using Dualstack.Conformance.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Conformance;

internal sealed class MessageScenarios(ITemporalClient client, string queue)
{
    internal async Task SignalAndQueryAsync()
    {
        var handle = await StartAsync(1);
        Check.Equal(1, await handle.QueryAsync(wf => wf.Total()));
        await handle.SignalAsync(wf => wf.AddAsync(2));
        await handle.SignalAsync(wf => wf.AddAsync(3));
        Check.Equal(6, await handle.QueryAsync(wf => wf.Total()));
        await CloseAsync(handle, 6);
        Check.Equal(6, await handle.QueryAsync(wf => wf.Total()));
    }

    internal async Task SignalWithStartAsync()
    {
        var options = New();
        options.SignalWithStart((LedgerWorkflow wf) => wf.AddAsync(4));
        var handle = await client.StartWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(1), options);
        await CloseAsync(handle, 5);
    }

    internal async Task BrokenQueryAsync()
    {
        var handle = await StartAsync(1);
        var failure = await Check.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(wf => wf.BrokenQuery()));
        Check.Equal("no answer", failure.Message);
        await CloseAsync(handle, 1);
    }

    internal async Task UpdateAsync()
    {
        var handle = await StartAsync(10);
        Check.Equal(15, await handle.ExecuteUpdateAsync(wf => wf.AddAndGetAsync(5)));
        var slow = await handle.StartUpdateAsync(
            wf => wf.AddAndGetAsync(100), new(WorkflowUpdateStage.Accepted) { Id = "slow" });
        Check.Equal(115, await slow.GetResultAsync());
        Check.Equal(115, await handle.GetUpdateHandle<int>("slow").GetResultAsync());
        await CloseAsync(handle, 115);
    }

    internal async Task RejectUpdateAsync()
    {
        var handle = await StartAsync(10);
        await handle.QueryAsync(wf => wf.Total());
        var events = (await handle.FetchHistoryAsync()).Events.Count;
        var rejection = await Check.ThrowsAsync<WorkflowUpdateFailedException>(
            () => handle.ExecuteUpdateAsync(wf => wf.AddAndGetAsync(-1)));
        Check.Equal("negative", Check.Is<ApplicationFailureException>(rejection.InnerException).Message);
        Check.Equal(events, (await handle.FetchHistoryAsync()).Events.Count);
        await CloseAsync(handle, 10);
    }

    internal async Task FailUpdateAsync()
    {
        var handle = await StartAsync(10);
        var failure = await Check.ThrowsAsync<WorkflowUpdateFailedException>(
            () => handle.ExecuteUpdateAsync(wf => wf.AddAndGetAsync(13)));
        var cause = Check.Is<ApplicationFailureException>(failure.InnerException);
        Check.Equal("Unlucky", cause.ErrorType);
        Check.Equal(new(13), cause.Details.ElementAt<Unlucky>(0));
        await CloseAsync(handle, 10);
    }

    internal async Task UpdateWithStartAsync()
    {
        var options = New();
        options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
        for (var expected = 2; expected <= 3; expected++)
        {
            var start = WithStartWorkflowOperation.Create((LedgerWorkflow wf) => wf.RunAsync(1), options);
            Check.Equal(expected, await client.ExecuteUpdateWithStartWorkflowAsync(
                (LedgerWorkflow wf) => wf.AddAndGetAsync(1), new(start)));
        }

        await client.GetWorkflowHandle(options.Id!).TerminateAsync();
    }

    internal async Task UnknownAsync()
    {
        var refusal = await Check.ThrowsAsync<RpcException>(() => client.GetWorkflowHandle("nobody").DescribeAsync());
        Check.Equal(RpcException.StatusCode.NotFound, refusal.Code);
    }

    private static async Task CloseAsync(WorkflowHandle<LedgerWorkflow, int> handle, int expected)
    {
        await handle.SignalAsync(wf => wf.CloseAsync());
        Check.Equal(expected, await handle.GetResultAsync());
    }

    private Task<WorkflowHandle<LedgerWorkflow, int>> StartAsync(int start) =>
        client.StartWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(start), New());

    private WorkflowOptions New() => new($"wf-{Guid.NewGuid()}", queue);
}
