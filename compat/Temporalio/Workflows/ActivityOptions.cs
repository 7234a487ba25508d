using Temporalio.Common;

namespace Temporalio.Workflows;

public class ActivityOptions : ICloneable
{
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    public TimeSpan? ScheduleToStartTimeout { get; set; }

    public TimeSpan? StartToCloseTimeout { get; set; }

    public TimeSpan? HeartbeatTimeout { get; set; }

    public RetryPolicy? RetryPolicy { get; set; }

    public ActivityCancellationType CancellationType { get; set; } = ActivityCancellationType.TryCancel;

    public CancellationToken? CancellationToken { get; set; }

    public string? TaskQueue { get; set; }

    public string? Summary { get; set; }

    public string? ActivityId { get; set; }

    public bool DisableEagerActivityExecution { get; set; }

    public Priority? Priority { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
