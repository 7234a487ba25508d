namespace Temporalio.Converters;

public record DataConverter(
    IPayloadConverter PayloadConverter, IFailureConverter FailureConverter, IPayloadCodec? PayloadCodec = null)
    : IWithSerializationContext<DataConverter>
{
    public static DataConverter Default { get; } = new(new DefaultPayloadConverter(), new DefaultFailureConverter());

    public virtual DataConverter WithSerializationContext(ISerializationContext context)
    {
        var payloads = WithContext(PayloadConverter, context);
        var failures = WithContext(FailureConverter, context);
        var codec = PayloadCodec == null ? null : WithContext(PayloadCodec, context);
        return ReferenceEquals(payloads, PayloadConverter) && ReferenceEquals(failures, FailureConverter) && ReferenceEquals(codec, PayloadCodec)
            ? this
            : this with { PayloadConverter = payloads, FailureConverter = failures, PayloadCodec = codec };
    }

    private static T WithContext<T>(T value, ISerializationContext context) =>
        value is IWithSerializationContext<T> aware ? aware.WithSerializationContext(context) : value;
}
