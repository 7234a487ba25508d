namespace Dualstack.Workflows;

/// <summary>How patient a migration is. The defaults are for real gardens; tests and demonstrations shorten them.</summary>
public sealed record MigrationSettings
{
    /// <summary>After how long without news to look again while a person is waited for. A jitter of up to a quarter is added.</summary>
    public TimeSpan OperatorFallback { get; init; } = TimeSpan.FromHours(6);

    /// <summary>After how long without news to look again while Gardener is waited for. A jitter of up to a quarter is added.</summary>
    public TimeSpan GardenerFallback { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>At most after how long without news to look again: each look in vain doubles the time until the next.</summary>
    public TimeSpan LongestFallback { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After how long an attempt at a write is taken for lost, so that another one looks what became of it.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often nodes and CoreDNS pods are counted while they are being replaced, and the shoot is read where the observer would not tell.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the garden may leave a request unanswered before a person is told; it is asked on all the same.</summary>
    public TimeSpan UnreachableGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long Gardener's work is looked at again and again where the observer would not tell of its end; only the fallback looks then.</summary>
    public TimeSpan GardenerDeadline { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long Gardener's own retry of a failed run is waited for where the cause is a rate limit.</summary>
    public TimeSpan RateLimitGrace { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long nodes may take from the begin of their replacement before a person is told.</summary>
    public TimeSpan NodesDeadline { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long restarted CoreDNS pods may take before a person is told.</summary>
    public TimeSpan CoreDnsDeadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long health conditions may take to settle before nodes are replaced, and in the last look.</summary>
    public TimeSpan HealthGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many runs the driver asks for in one stage before it tells a person.</summary>
    public int ReconcilesPerStage { get; init; } = 5;

    /// <summary>For tests: continue as new at every wait, not only where Temporal suggests it.</summary>
    public bool ContinueAsNewAtEveryWait { get; init; }
}
