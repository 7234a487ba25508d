using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Engine;

internal static class VisibilityRows
{
    public static VisibilityRow Of(RunState state, bool withValues) => new()
    {
        Namespace = state.Namespace,
        WorkflowId = state.WorkflowId,
        RunId = state.RunId,
        WorkflowType = state.WorkflowType,
        TaskQueue = state.TaskQueue,
        Status = (int)state.Status,
        StartTime = state.StartTime.UtcTicks,
        ExecutionTime = state.ExecutionTime.UtcTicks,
        CloseTime = state.CloseTime?.UtcTicks,
        HistoryLength = state.LastEventId,
        HistorySize = state.HistorySize,
        Transitions = state.Transitions,
        ParentWorkflowId = state.ParentWorkflowId,
        ParentRunId = state.ParentRunId,
        RootWorkflowId = state.RootWorkflowId,
        RootRunId = state.RootRunId,
        Memo = state.Memo?.ToByteArray(),
        SearchAttributes = state.SearchAttributes?.ToByteArray(),
        Values = withValues ? SearchValues.Of(state.SearchAttributes) : null,
    };
}
