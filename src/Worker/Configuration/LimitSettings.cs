namespace Dualstack.Worker.Configuration;

/// <summary>How much the worker does at once, and how long it may take to end.</summary>
public sealed record LimitSettings
{
    /// <summary>The section that holds them.</summary>
    public const string Section = "Limits";

    /// <summary>Activities at once.</summary>
    public int ConcurrentActivities { get; init; } = 100;

    /// <summary>Workflow tasks at once.</summary>
    public int ConcurrentWorkflowTasks { get; init; } = 100;

    /// <summary>Workflows kept in memory between tasks.</summary>
    public int CachedWorkflows { get; init; } = 1000;

    /// <summary>How long running activities may go on after the worker was asked to end.</summary>
    public TimeSpan GracefulShutdown { get; init; } = TimeSpan.FromSeconds(30);
}
