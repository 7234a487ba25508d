using Temporalio.Workflows;

namespace Dualstack.Bench.Throughput;

/// <summary>Waits for a signal that never comes.</summary>
[Workflow("idle")]
public class IdleWorkflow
{
    private bool finished;

    [WorkflowRun]
    public Task RunAsync(string name) => Workflow.WaitConditionAsync(() => finished);

    [WorkflowSignal("finish")]
    public Task FinishAsync()
    {
        finished = true;
        return Task.CompletedTask;
    }
}
