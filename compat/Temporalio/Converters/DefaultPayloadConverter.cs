using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public class DefaultPayloadConverter : IPayloadConverter, IWithSerializationContext<IPayloadConverter>
{
    internal const string EncodingKey = "encoding";

    public DefaultPayloadConverter()
        : this(new JsonSerializerOptions())
    {
    }

    public DefaultPayloadConverter(JsonSerializerOptions jsonSerializerOptions)
        : this(
            new BinaryNullConverter(),
            new BinaryPlainConverter(),
            new JsonProtoConverter(),
            new BinaryProtoConverter(),
            new JsonPlainConverter(jsonSerializerOptions))
    {
    }

    public DefaultPayloadConverter(params IEncodingConverter[] encodingConverters)
    {
        EncodingConverters = encodingConverters;
        IndexedEncodingConverters = encodingConverters.ToDictionary(c => ByteString.CopyFromUtf8(c.Encoding));
    }

    public IReadOnlyCollection<IEncodingConverter> EncodingConverters { get; }

    protected IReadOnlyDictionary<ByteString, IEncodingConverter> IndexedEncodingConverters { get; }

    public Payload ToPayload(object? value)
    {
        if (value is IRawValue raw)
        {
            return raw.Payload;
        }

        // A ValueTuple without items is what a method without result returns.
        value = value is ValueTuple ? null : value;
        foreach (var converter in EncodingConverters)
        {
            if (converter.TryToPayload(value, out var payload))
            {
                return payload;
            }
        }

        throw new ArgumentException($"No converter takes a value of type {value?.GetType().ToString() ?? "null"}.", nameof(value));
    }

    public object? ToValue(Payload payload, Type type)
    {
        if (type == typeof(IRawValue) || type == typeof(RawValue))
        {
            return new RawValue(payload);
        }

        if (!payload.Metadata.TryGetValue(EncodingKey, out var encoding))
        {
            throw new ArgumentException("The payload names no encoding in its metadata.", nameof(payload));
        }

        if (!IndexedEncodingConverters.TryGetValue(encoding, out var converter))
        {
            throw new ArgumentException($"No converter knows the payload encoding '{encoding.ToStringUtf8()}'.", nameof(payload));
        }

        return converter.ToValue(payload, type);
    }

    public virtual IPayloadConverter WithSerializationContext(ISerializationContext context)
    {
        if (!EncodingConverters.Any(c => c is IWithSerializationContext<IEncodingConverter>))
        {
            return this;
        }

        return new DefaultPayloadConverter([.. EncodingConverters.Select(c =>
            c is IWithSerializationContext<IEncodingConverter> aware ? aware.WithSerializationContext(context) : c)]);
    }
}
