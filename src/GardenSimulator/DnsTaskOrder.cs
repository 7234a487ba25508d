namespace Dualstack.GardenSimulator;

/// <summary>The order of a run's DNS check and CoreDNS deployment, which run in parallel in Gardener.</summary>
public enum DnsTaskOrder
{
    /// <summary>Decided per shoot and run from the seed.</summary>
    Random,

    /// <summary>The check sees the state before the deployment.</summary>
    CheckFirst,

    /// <summary>The check sees what the deployment changed.</summary>
    DeployFirst,
}
