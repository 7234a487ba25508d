using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public class BinaryNullConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/null");

    public string Encoding => "binary/null";

    public bool TryToPayload(object? value, [NotNullWhen(true)] out Payload? payload)
    {
        payload = value == null ? new() { Metadata = { [DefaultPayloadConverter.EncodingKey] = EncodingBytes } } : null;
        return payload != null;
    }

    public object? ToValue(Payload payload, Type type)
    {
        // The empty ValueTuple is the type of no result.
        if (type == typeof(ValueTuple))
        {
            return default(ValueTuple);
        }

        return type.IsValueType && Nullable.GetUnderlyingType(type) == null
            ? throw new ArgumentException($"The payload is null and {type} has no null.", nameof(type))
            : null;
    }
}
