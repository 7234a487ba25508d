using System.Text.Json.Serialization;

namespace Dualstack.Workflows.Writes;

/// <summary>How far a rollout is that the driver asked for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutStep>))]
public enum RolloutStep
{
    /// <summary>The request stands on the shoot.</summary>
    Requested,

    /// <summary>Gardener has taken it on.</summary>
    Taken,

    /// <summary>Every node has two pod ranges.</summary>
    Effective,

    /// <summary>The request vanished and Gardener never took it on; only then is it asked for again.</summary>
    Lost,

    /// <summary>Gardener took it on and ended it, and nodes are still single-stack; it is never asked for again by itself.</summary>
    WithoutEffect,
}
