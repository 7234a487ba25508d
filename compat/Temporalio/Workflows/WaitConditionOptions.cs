namespace Temporalio.Workflows;

public class WaitConditionOptions : ICloneable
{
    public WaitConditionOptions()
    {
    }

    public WaitConditionOptions(
        Func<bool> conditionCheck,
        TimeSpan? timeout = null,
        string? timeoutSummary = null,
        CancellationToken? cancellationToken = null)
    {
        ConditionCheck = conditionCheck;
        Timeout = timeout;
        TimeoutSummary = timeoutSummary;
        CancellationToken = cancellationToken;
    }

    public Func<bool> ConditionCheck { get; set; } = () => throw new InvalidOperationException("WaitConditionOptions has no ConditionCheck");

    public TimeSpan? Timeout { get; set; }

    public string? TimeoutSummary { get; set; }

    public CancellationToken? CancellationToken { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
