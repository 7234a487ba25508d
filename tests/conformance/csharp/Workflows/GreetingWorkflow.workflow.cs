using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

[Workflow("greeting")]
public class GreetingWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Calls.GreetAsync(name);
}
