using Temporalio.Common;

namespace Temporalio.Workflows;

public class LocalActivityOptions : ICloneable
{
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    public TimeSpan? ScheduleToStartTimeout { get; set; }

    public TimeSpan? StartToCloseTimeout { get; set; }

    public RetryPolicy? RetryPolicy { get; set; }

    public ActivityCancellationType CancellationType { get; set; } = ActivityCancellationType.TryCancel;

    public CancellationToken? CancellationToken { get; set; }

    public string? ActivityId { get; set; }

    public TimeSpan? LocalRetryThreshold { get; set; }

    public string? Summary { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
