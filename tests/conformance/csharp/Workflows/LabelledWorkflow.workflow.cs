using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

[Workflow("labelled")]
public class LabelledWorkflow
{
    public static readonly SearchAttributeKey<string> Keyword = SearchAttributeKey.CreateKeyword("CustomKeyword");
    public static readonly SearchAttributeKey<long> Number = SearchAttributeKey.CreateLong("CustomInt");

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var before = Workflow.TypedSearchAttributes.Get(Keyword);
        Workflow.UpsertTypedSearchAttributes(Keyword.ValueSet("from-workflow"), Number.ValueSet(7));
        Workflow.UpsertMemo(MemoUpdate.ValueSet("note", "written by the workflow"));
        await Workflow.DelayAsync(10);
        return before;
    }
}
