using System.Text.Json.Serialization;

namespace Dualstack.Workflows;

/// <summary>Who replaces the nodes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutMode>))]
public enum RolloutMode
{
    /// <summary>A person does, and may say so with the signal <see cref="MessageNames.NodeRolloutCompleted"/>.</summary>
    Manual,

    /// <summary>The driver asks Gardener to, once a person has approved. Needs Gardener 1.132.</summary>
    OnApproval,
}
