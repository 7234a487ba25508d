using System.Text.Json.Serialization;

namespace k8s.Models;

public partial record V1NodeStatus
{
    [JsonPropertyName("addresses")]
    public IList<V1NodeAddress> Addresses { get; set; }

    [JsonPropertyName("conditions")]
    public IList<V1NodeCondition> Conditions { get; set; }

    [JsonPropertyName("nodeInfo")]
    public V1NodeSystemInfo NodeInfo { get; set; }

    [JsonPropertyName("phase")]
    public string Phase { get; set; }
}
