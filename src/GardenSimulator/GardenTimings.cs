namespace Dualstack.GardenSimulator;

/// <summary>Durations of the simulated steps at speed 1.</summary>
public sealed record GardenTimings
{
    /// <summary>A reconcile run in which nothing special happens.</summary>
    public TimeSpan Reconcile { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The infrastructure step of a run that has the task <c>deployInfrastructure</c>.</summary>
    public TimeSpan InfrastructureChange { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>Replacing one batch of nodes (the surge) in one zone.</summary>
    public TimeSpan NodeReplacement { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>From the changed CoreDNS deployment to the last new CoreDNS pod.</summary>
    public TimeSpan CoreDnsRestart { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>From the end of one run to the next periodic one.</summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest time until the care controller looks at a shoot again.</summary>
    public TimeSpan Care { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From a change that asks for a run to its start.</summary>
    public TimeSpan RunStart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a run waits for the worker nodes before it ends in Error.</summary>
    public TimeSpan WorkerWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first pause after a run that ended in Error; it doubles up to sixteen times its length.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a run is retried before the shoot is Failed.</summary>
    public TimeSpan RetryDuration { get; init; } = TimeSpan.FromHours(12);

    /// <summary>From a change of conditions to the changed status label.</summary>
    public TimeSpan StatusLabel { get; init; } = TimeSpan.FromSeconds(2);
}
