using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

[Workflow("generations")]
public class GenerationsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(int left)
    {
        await Workflow.DelayAsync(1);
        return left > 0
            ? throw Workflow.CreateContinueAsNewException((GenerationsWorkflow next) => next.RunAsync(left - 1))
            : Workflow.Info.ContinuedRunId is null ? "first" : "continued";
    }
}
