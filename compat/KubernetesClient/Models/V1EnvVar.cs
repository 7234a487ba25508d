using System.Text.Json.Serialization;

namespace k8s.Models;

public partial record V1EnvVar
{
    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("value")]
    public string Value { get; set; }
}
