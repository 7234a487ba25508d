using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>Cancels a heartbeating activity and waits until it has understood.</summary>
[Workflow("patient")]
public class PatientWorkflow
{
    private bool enough;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        using var scope = new CancellationTokenSource();
        var running = Calls.HeartbeatAsync(scope.Token);
        await Workflow.WaitConditionAsync(() => enough);
#pragma warning disable CA1849 // CancelAsync cancels on a thread of the pool, outside the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        try
        {
            await running;
            return "completed";
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            return "cancelled";
        }
    }

    [WorkflowSignal("enough")]
    public Task EnoughAsync()
    {
        enough = true;
        return Task.CompletedTask;
    }
}
