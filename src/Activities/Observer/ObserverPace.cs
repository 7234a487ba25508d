namespace Dualstack.Activities.Observer;

/// <summary>How an observer paces itself.</summary>
public sealed record ObserverPace
{
    /// <summary>How long changes are gathered before signals go out, so that a burst of changes of one shoot makes one signal.</summary>
    public TimeSpan Burst { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Signals a second at most.</summary>
    public int SignalsPerSecond { get; init; } = 20;

    /// <summary>How often a heartbeat tells how far it is.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long until the next attempt where somebody has to mend something first, such as a missing right.</summary>
    public TimeSpan Mending { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait after a signal that Temporal did not take.</summary>
    public TimeSpan SignalRetry { get; init; } = TimeSpan.FromSeconds(2);
}
