namespace Dualstack.Workflows.Decisions;

/// <summary>Where Gardener stands with what was asked of it.</summary>
public enum RunState
{
    /// <summary>It has never worked on the shoot.</summary>
    NeverRan,

    /// <summary>It works on it, or will by itself. An error that is being retried belongs here.</summary>
    Running,

    /// <summary>It gave up.</summary>
    Failed,

    /// <summary>It has done all that it was asked for.</summary>
    Ended,
}
