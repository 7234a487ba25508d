namespace Dualstack.Workflows.Decisions;

/// <summary>What one bounded activity looks at during a wait.</summary>
public enum BackgroundLook
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The nodes.</summary>
    Nodes,

    /// <summary>The CoreDNS pods.</summary>
    CoreDns,
}
