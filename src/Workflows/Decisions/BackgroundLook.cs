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

    /// <summary>The health conditions, until they have settled; then the nodes once.</summary>
    Health,

    /// <summary>The shoot, until Gardener is at rest and nothing stands in the way that passes by itself.</summary>
    Gardener,
}
