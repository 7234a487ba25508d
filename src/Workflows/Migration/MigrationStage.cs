using System.Text.Json.Serialization;

namespace Dualstack.Workflows;

/// <summary>Where a migration stands, in the order in which the stages are passed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MigrationStage>))]
public enum MigrationStage
{
    /// <summary>Looks whether the shoot can be migrated; writes nothing.</summary>
    Preflight,

    /// <summary>Asks for the second address family.</summary>
    UpdateNetworking,

    /// <summary>Gardener gives the infrastructure its second family.</summary>
    ReconcileInfrastructure,

    /// <summary>Gardener ends its first run and says that the nodes have to be replaced.</summary>
    UpdateControlPlane,

    /// <summary>The nodes are replaced.</summary>
    RollNodes,

    /// <summary>Gardener makes control plane and pod network dual-stack.</summary>
    ConfigureCni,

    /// <summary>CoreDNS is restarted so that its pods get a second address.</summary>
    RestartCoreDns,

    /// <summary>The service <c>kube-dns</c> gets its second address.</summary>
    SwitchKubeDns,

    /// <summary>A last look at nodes, DNS and health.</summary>
    Verify,
}
