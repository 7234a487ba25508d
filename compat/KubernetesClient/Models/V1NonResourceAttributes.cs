using System.Text.Json.Serialization;

namespace k8s.Models;

public partial record V1NonResourceAttributes
{
    [JsonPropertyName("path")]
    public string Path { get; set; }

    [JsonPropertyName("verb")]
    public string Verb { get; set; }
}
