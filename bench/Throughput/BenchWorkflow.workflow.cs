using Temporalio.Workflows;

namespace Dualstack.Bench.Throughput;

/// <summary>One activity, one wait for a signal, one result.</summary>
[Workflow("bench")]
public class BenchWorkflow
{
    private bool finished;

    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        var greeting = await Workflow.ExecuteActivityAsync(
            () => BenchActivities.Greet(name), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
        await Workflow.WaitConditionAsync(() => finished);
        return greeting;
    }

    [WorkflowSignal("finish")]
    public Task FinishAsync()
    {
        finished = true;
        return Task.CompletedTask;
    }
}
