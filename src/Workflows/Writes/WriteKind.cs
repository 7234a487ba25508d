using System.Text.Json.Serialization;

namespace Dualstack.Workflows.Writes;

/// <summary>What a write asks for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WriteKind>))]
public enum WriteKind
{
    /// <summary>The second address family.</summary>
    IpFamilies,

    /// <summary>One run, with the infrastructure where it has to be reconciled.</summary>
    InfrastructureRun,

    /// <summary>One run, to end what the first run began.</summary>
    ControlPlaneRun,

    /// <summary>The replacement of nodes.</summary>
    Rollout,

    /// <summary>One run, to look at the nodes.</summary>
    NodeCheckRun,

    /// <summary>One run, to configure the pod network.</summary>
    CniRun,

    /// <summary>One run, to restart CoreDNS.</summary>
    CoreDnsRun,

    /// <summary>One run, to switch <c>kube-dns</c>.</summary>
    KubeDnsRun,

    /// <summary>Nothing but our label and intent, on a shoot that somebody else has brought half-way.</summary>
    Mark,

    /// <summary>That Gardener leaves the state Failed.</summary>
    RetryFailedRun,
}
