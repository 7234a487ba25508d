using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public class JsonProtoConverter(JsonFormatter formatter, JsonParser parser) : IEncodingConverter
{
    internal const string MessageTypeKey = "messageType";

    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("json/protobuf");

    public JsonProtoConverter()
        : this(JsonFormatter.Default, JsonParser.Default)
    {
    }

    public string Encoding => "json/protobuf";

    protected JsonFormatter Formatter { get; } = formatter;

    protected JsonParser Parser { get; } = parser;

    public bool TryToPayload(object? value, [NotNullWhen(true)] out Payload? payload)
    {
        payload = value is IMessage message
            ? new()
            {
                Metadata =
                {
                    [DefaultPayloadConverter.EncodingKey] = EncodingBytes,
                    [MessageTypeKey] = ByteString.CopyFromUtf8(message.Descriptor.FullName),
                },
                Data = ByteString.CopyFromUtf8(Formatter.Format(message)),
            }
            : null;
        return payload != null;
    }

    public object? ToValue(Payload payload, Type type) =>
        Parser.Parse(payload.Data.ToStringUtf8(), CreateMessage(type).Descriptor);

    internal static IMessage CreateMessage(Type type) =>
        typeof(IMessage).IsAssignableFrom(type) && !type.IsAbstract
            ? (IMessage)Activator.CreateInstance(type)!
            : throw new ArgumentException($"A protobuf payload becomes a protobuf message, not {type}.", nameof(type));
}
