using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>A payload to be sent character by character, as no serializer of ours would write it.</summary>
[JsonConverter(typeof(Converter))]
public sealed record RawJson(string Text)
{
    public sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A raw payload is only sent.");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
