using System.Text.Json.Serialization;

namespace Dualstack.Workflows.Evidence;

/// <summary>Whether a pod network uses an overlay.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OverlaySetting>))]
public enum OverlaySetting
{
    /// <summary>The setting is missing, which counts as on.</summary>
    NotStated,

    /// <summary>On.</summary>
    On,

    /// <summary>Expressly off.</summary>
    Off,
}
