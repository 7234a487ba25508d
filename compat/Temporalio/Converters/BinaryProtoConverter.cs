using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public class BinaryProtoConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/protobuf");

    public string Encoding => "binary/protobuf";

    public bool TryToPayload(object? value, [NotNullWhen(true)] out Payload? payload)
    {
        payload = value is IMessage message
            ? new()
            {
                Metadata =
                {
                    [DefaultPayloadConverter.EncodingKey] = EncodingBytes,
                    [JsonProtoConverter.MessageTypeKey] = ByteString.CopyFromUtf8(message.Descriptor.FullName),
                },
                Data = message.ToByteString(),
            }
            : null;
        return payload != null;
    }

    public object? ToValue(Payload payload, Type type)
    {
        var message = JsonProtoConverter.CreateMessage(type);
        message.MergeFrom(payload.Data);
        return message;
    }
}
