using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public class JsonPlainConverter(JsonSerializerOptions serializerOptions) : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("json/plain");

    public virtual string Encoding => "json/plain";

    protected JsonSerializerOptions SerializerOptions { get; } = serializerOptions;

    public virtual bool TryToPayload(object? value, [NotNullWhen(true)] out Payload? payload)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(object), SerializerOptions);
        payload = new()
        {
            Metadata = { [DefaultPayloadConverter.EncodingKey] = EncodingBytes },
            Data = UnsafeByteOperations.UnsafeWrap(data),
        };
        return true;
    }

    public virtual object? ToValue(Payload payload, Type type)
    {
        if (type == typeof(ValueTuple))
        {
            return default(ValueTuple);
        }

        return JsonSerializer.Deserialize(payload.Data.Span, type, SerializerOptions);
    }
}
