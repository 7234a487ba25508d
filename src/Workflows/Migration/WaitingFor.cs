using System.Text.Json.Serialization;

namespace Dualstack.Workflows;

/// <summary>Whom or what a migration waits for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WaitingFor>))]
public enum WaitingFor
{
    /// <summary>Nothing: it works.</summary>
    Nothing,

    /// <summary>Gardener, which works or will work on the shoot.</summary>
    Gardener,

    /// <summary>Somebody who replaces the nodes.</summary>
    Operator,

    /// <summary>Somebody who approves the replacement of the nodes.</summary>
    Approval,

    /// <summary>Nodes that are being replaced.</summary>
    Nodes,

    /// <summary>CoreDNS pods that are being restarted.</summary>
    CoreDns,

    /// <summary>Somebody who ends the pause.</summary>
    Resume,

    /// <summary>Somebody who removes what blocks the migration.</summary>
    Help,
}
