using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>Waits to be cancelled, tidies up regardless, and ends as cancelled.</summary>
[Workflow("cleanup")]
public class CleanupWorkflow
{
    [WorkflowRun]
    public async Task RunAsync()
    {
        try
        {
            await Workflow.DelayAsync(TimeSpan.FromHours(1));
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            await Calls.GreetAsync("cleanup", CancellationToken.None);
            throw;
        }
    }
}
