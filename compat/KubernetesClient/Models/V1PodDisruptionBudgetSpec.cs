using System.Text.Json.Serialization;

namespace k8s.Models;

public partial record V1PodDisruptionBudgetSpec
{
    [JsonPropertyName("maxUnavailable")]
    public IntOrString MaxUnavailable { get; set; }

    [JsonPropertyName("minAvailable")]
    public IntOrString MinAvailable { get; set; }

    [JsonPropertyName("selector")]
    public V1LabelSelector Selector { get; set; }

    [JsonPropertyName("unhealthyPodEvictionPolicy")]
    public string UnhealthyPodEvictionPolicy { get; set; }
}
