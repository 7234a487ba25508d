using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

[Workflow("family")]
public class FamilyWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(bool withTrouble)
    {
        var id = Workflow.Info.WorkflowId;
        if (withTrouble)
        {
            await Workflow.ExecuteChildWorkflowAsync((BrokenWorkflow child) => child.RunAsync(), new() { Id = $"{id}/broken" });
        }

        var ledger = await Workflow.StartChildWorkflowAsync((LedgerWorkflow child) => child.RunAsync(1), new() { Id = $"{id}/ledger" });
        await ledger.SignalAsync(child => child.AddAsync(2));
        await ledger.SignalAsync(child => child.CloseAsync());
        var total = await ledger.GetResultAsync();
        try
        {
            await Workflow.GetExternalWorkflowHandle<LedgerWorkflow>($"{id}/nobody").SignalAsync(other => other.CloseAsync());
            return "a signal reached nobody";
        }
        catch (ApplicationFailureException)
        {
            return $"child counted {total}";
        }
    }
}
