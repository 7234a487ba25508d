using Temporalio.Activities;

namespace Temporalio.Converters;

public interface ISerializationContext
{
    interface IHasWorkflow : ISerializationContext
    {
        string Namespace { get; }

        string? WorkflowId { get; }
    }

    sealed record Workflow(string Namespace, string WorkflowId) : IHasWorkflow;

    sealed record Activity(
        string Namespace,
        string? ActivityId,
        string? WorkflowId,
        string? WorkflowType,
        string? ActivityType,
        string? ActivityTaskQueue,
        bool IsLocal) : IHasWorkflow
    {
        public Activity(ActivityInfo info)
            : this(info.Namespace, info.ActivityId, info.WorkflowId, info.WorkflowType, info.ActivityType, info.TaskQueue, info.IsLocal)
        {
        }
    }
}
