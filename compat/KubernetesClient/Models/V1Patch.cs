using System.Text.Json.Serialization;

namespace k8s.Models;

[JsonConverter(typeof(V1PatchJsonConverter))]
public partial record V1Patch
{
    public V1Patch(object body, PatchType type)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (type == PatchType.Unknown)
        {
            throw new ArgumentException("The patch needs a type.", nameof(type));
        }

        Content = body;
        Type = type;
    }

    public enum PatchType
    {
        Unknown,
        JsonPatch,
        MergePatch,
        StrategicMergePatch,
        ApplyPatch,
    }

    public object Content { get; private set; }

    public PatchType Type { get; private set; }
}
