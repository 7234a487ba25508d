using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>Local activities, one after the other and side by side.</summary>
[Workflow("nearby")]
public class NearbyWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        List<string> log = [await Calls.GreetLocallyAsync("alone")];
        log.AddRange(await Workflow.WhenAllAsync(
            Calls.GreetLocallyAsync("one"), Calls.GreetLocallyAsync("two"), Calls.GreetLocallyAsync("three")));
        if (Workflow.Patched("rest"))
        {
            await Workflow.DelayAsync(5);
        }

        log.Add(await Calls.GreetLocallyAsync("after"));
        return string.Join(' ', log);
    }
}
