using System.Text.Json.Serialization;

namespace k8s.Models;

public partial record V1SubjectAccessReviewStatus
{
    [JsonPropertyName("allowed")]
    public bool Allowed { get; set; }

    [JsonPropertyName("denied")]
    public bool? Denied { get; set; }

    [JsonPropertyName("evaluationError")]
    public string EvaluationError { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }
}
