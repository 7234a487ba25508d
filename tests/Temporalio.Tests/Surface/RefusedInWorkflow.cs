using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>Calls that a workflow makes.</summary>
[Workflow]
public sealed class RefusedInWorkflow
{
    private static readonly SearchAttributeKey<string> Color = SearchAttributeKey.CreateKeyword("Color");

    [WorkflowRun]
    public Task<string> RunAsync()
    {
        var full = new global::Temporalio.Workflows.Semaphore(1);
        var owner = MemoUpdate.ValueSet("owner", "Ada");
        return OfficialExceptionsTests.WrongAsync(
        [
            RefusedCall.Of<ArgumentException>(
                "activity without timeout", "StartToCloseTimeout or ScheduleToCloseTimeout", () => Workflow.ExecuteActivityAsync("Any", [], new())),
            RefusedCall.Of<ArgumentException>(
                "local activity without timeout", "StartToCloseTimeout or ScheduleToCloseTimeout", () => Workflow.ExecuteLocalActivityAsync("Any", [], new())),
            RefusedCall.Of<InvalidOperationException>(
                "unknown local activity",
                "not registered on this worker",
                () => Workflow.ExecuteLocalActivityAsync("Any", [], new() { StartToCloseTimeout = TimeSpan.FromSeconds(1) })),
            RefusedCall.Of<ArgumentException>("a delay into the past", "less than 0", () => Workflow.DelayAsync(TimeSpan.FromSeconds(-1))),
            RefusedCall.Of<ArgumentException>("no memo", "At least one", () => Workflow.UpsertMemo()),
            RefusedCall.Of<ArgumentException>("a memo twice", "owner", () => Workflow.UpsertMemo(owner, owner)),
            RefusedCall.Of<ArgumentException>("no search attribute", "At least one", () => Workflow.UpsertTypedSearchAttributes()),
            RefusedCall.Of<ArgumentException>(
                "a search attribute twice", "Color", () => Workflow.UpsertTypedSearchAttributes(Color.ValueUnset(), Color.ValueUnset())),
            RefusedCall.Of<ArgumentException>("waiting until before", "less than zero", () => full.WaitAsync(TimeSpan.FromSeconds(-2))),
            RefusedCall.Of<InvalidOperationException>("leaving without having entered", "More released", full.Release),
        ]);
    }
}
