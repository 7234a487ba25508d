using Temporalio.Workflows;

namespace Dualstack.Bench.Throughput;

/// <summary>Sleeps day by day.</summary>
[Workflow("year")]
public class YearWorkflow
{
    [WorkflowRun]
    public async Task RunAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await Workflow.DelayAsync(TimeSpan.FromDays(1));
        }
    }
}
