using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>Many things that one cancellation ends.</summary>
[Workflow("gathering")]
public class GatheringWorkflow
{
    private bool ready;

    [WorkflowRun]
    public async Task RunAsync()
    {
        using var scope = new CancellationTokenSource();
        Task[] tasks =
        [
            Workflow.DelayAsync(TimeSpan.FromHours(1), scope.Token),
            Calls.HeartbeatAsync(scope.Token),
            Workflow.DelayAsync(TimeSpan.FromHours(2), scope.Token),
            Workflow.ExecuteChildWorkflowAsync(
                (LedgerWorkflow child) => child.RunAsync(0),
                new() { Id = $"{Workflow.Info.WorkflowId}/child", CancellationToken = scope.Token }),
        ];
        await Workflow.WaitConditionAsync(() => ready);
#pragma warning disable CA1849 // CancelAsync cancels on a thread of the pool, outside the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        foreach (var task in tasks)
        {
            try
            {
                await task;
            }
            catch (Exception e) when (TemporalException.IsCanceledException(e))
            {
                // As it was meant.
            }
        }

        await Calls.GreetAsync("after");
    }

    [WorkflowSignal("ready")]
    public Task ReadyAsync()
    {
        ready = true;
        return Task.CompletedTask;
    }
}
