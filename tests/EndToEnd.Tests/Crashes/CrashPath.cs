namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary>By which way a migration comes to the write that is held.</summary>
public enum CrashPath
{
    /// <summary>Gardener replaces the nodes, once that is approved.</summary>
    OnApproval,

    /// <summary>A person replaces the nodes, and says so.</summary>
    ByHand,

    /// <summary>Somebody has set two families by hand before.</summary>
    HalfWay,

    /// <summary>The shoot takes changes of its spec in its maintenance window only.</summary>
    Confined,

    /// <summary>Gardener gives up on the first run, and a person asks for another try.</summary>
    FailedRun,
}
