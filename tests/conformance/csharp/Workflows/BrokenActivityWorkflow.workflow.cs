using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

[Workflow("brokenActivity")]
public class BrokenActivityWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => Calls.FailAsync();
}
