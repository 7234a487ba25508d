using Temporalio.Api.ErrorDetails.V1;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Engine;

/// <summary>Who gets a workflow id.</summary>
internal static class StartRules
{
    public sealed record Outcome(Run Run, bool Started, bool Repeated, IReadOnlyList<Transition> Transitions);

    /// <summary>
    /// Starts a run, or finds the one that the policies say to use. The caller schedules the first task of a new run and commits the transitions.
    /// </summary>
    /// <exception cref="GrpcException">The policies forbid the start.</exception>
    public static Outcome Start(EngineCore engine, WorkflowSlot slot, StartParameters start, WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict)
    {
        var transitions = new List<Transition>();
        if (slot.Current is { } current)
        {
            var state = current.State;
            if (start.RequestId.Length > 0 && state.StartRequestId == start.RequestId)
            {
                return new Outcome(current, true, true, transitions);
            }

            if (reuse == TerminateIfRunning)
            {
                reuse = WorkflowIdReusePolicy.AllowDuplicate;
                conflict = WorkflowIdConflictPolicy.TerminateExisting;
            }

            if (state.IsOpen)
            {
                switch (conflict)
                {
                    case WorkflowIdConflictPolicy.UseExisting:
                        return new Outcome(current, false, false, transitions);
                    case WorkflowIdConflictPolicy.TerminateExisting:
                        var terminate = slot.Begin(current);
                        WorkflowClose.Terminate(terminate, slot, "TerminateIfRunning WorkflowIdReusePolicy Policy", null, "history-service");
                        transitions.Add(terminate);
                        break;
                    default:
                        throw AlreadyStarted(state, "Workflow execution is already running.");
                }
            }
            else if (reuse == WorkflowIdReusePolicy.RejectDuplicate)
            {
                throw AlreadyStarted(state, "Workflow execution already finished.");
            }
            else if (reuse == WorkflowIdReusePolicy.AllowDuplicateFailedOnly && state.Status == WorkflowExecutionStatus.Completed)
            {
                throw AlreadyStarted(state, "Workflow execution already finished successfully.");
            }
        }

        var created = RunFactory.Create(engine, slot, start);
        transitions.Add(created);
        return new Outcome(created.Run, true, false, transitions);
    }

#pragma warning disable CS0612 // Old clients still send it.
    private const WorkflowIdReusePolicy TerminateIfRunning = WorkflowIdReusePolicy.TerminateIfRunning;
#pragma warning restore CS0612

    private static GrpcException AlreadyStarted(RunState state, string sentence) => new(
        StatusCode.AlreadyExists,
        $"{sentence} WorkflowId: {state.WorkflowId}, RunId: {state.RunId}.",
        new WorkflowExecutionAlreadyStartedFailure { StartRequestId = state.StartRequestId, RunId = state.RunId });
}
