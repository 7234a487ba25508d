using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>A string is JSON already and goes out as it is; anything else goes through the serializer.</summary>
internal sealed class V1PatchJsonConverter : JsonConverter<V1Patch>
{
    public override V1Patch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Patches are written, never read.");

    public override void Write(Utf8JsonWriter writer, V1Patch value, JsonSerializerOptions options)
    {
        if (value.Content is string json)
        {
            writer.WriteRawValue(json);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Content, options);
        }
    }
}
