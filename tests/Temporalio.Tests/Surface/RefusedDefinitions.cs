using Temporalio.Activities;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>Definitions that are none, and calls outside of what they belong to.</summary>
internal static class RefusedDefinitions
{
    internal static IEnumerable<RefusedCall> Calls() =>
    [
        RefusedCall.Of<ArgumentException>("a workflow without attribute", "Workflow attribute", () => WorkflowDefinition.Create<string>()),
        RefusedCall.Of<AggregateException>("a workflow without run method", "WorkflowRun", () => WorkflowDefinition.Create<Idle>()),
        RefusedCall.Of<ArgumentException>("an activity without attribute", "Activity attribute", () => ActivityDefinition.Create(Unmarked)),
        RefusedCall.Of<ArgumentException>("a type without activities", "Idle", () => ActivityDefinition.CreateAll(typeof(Idle), null)),
        RefusedCall.Of<InvalidOperationException>(
            "an activity's instance is missing", "instance", () => ActivityDefinition.CreateAll(typeof(Worker), null).ToString()),
        RefusedCall.Of<InvalidOperationException>("no activity runs", "context", () => _ = ActivityExecutionContext.Current),
        RefusedCall.Of<InvalidOperationException>("no workflow runs", "Not in a workflow", () => _ = Workflow.Info),
        RefusedCall.Of<InvalidOperationException>("a semaphore outside", "outside of workflow", () => _ = new global::Temporalio.Workflows.Semaphore(1)),
        RefusedCall.Of<InvalidOperationException>("a mutex outside", "outside of workflow", () => _ = new global::Temporalio.Workflows.Mutex()),
        RefusedCall.Of<ArgumentException>("null in a memo", "null", () => MemoUpdate.ValueSet("owner", null!)),
        RefusedCall.Of<InvalidOperationException>("the value of an unset memo", "value", () => _ = MemoUpdate.ValueUnset("owner").UntypedValue),
    ];

    private static void Unmarked()
    {
    }

    [Workflow]
    internal sealed class Idle;

    internal sealed class Worker
    {
        [Activity]
        public void Work() => throw new NotSupportedException();
    }
}
