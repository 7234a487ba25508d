using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

[Workflow("broken")]
public class BrokenWorkflow
{
    [WorkflowRun]
    public Task RunAsync() =>
        throw new ApplicationFailureException("broken on purpose", "Broken", nonRetryable: true, details: [new Unlucky(7)]);
}
