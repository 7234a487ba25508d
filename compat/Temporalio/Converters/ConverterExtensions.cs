using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

public static class ConverterExtensions
{
    public static async Task<IReadOnlyCollection<Payload>> ToPayloadsAsync(
        this DataConverter converter, IReadOnlyCollection<object?> values)
    {
        var payloads = converter.PayloadConverter.ToPayloads(values);
        return converter.PayloadCodec == null || payloads.Count == 0 ? payloads : await converter.PayloadCodec.EncodeAsync(payloads);
    }

    public static async Task<Payload> ToPayloadAsync(this DataConverter converter, object? value)
    {
        var payload = converter.PayloadConverter.ToPayload(value);
        return converter.PayloadCodec == null ? payload : await converter.PayloadCodec.EncodeSingleAsync(payload);
    }

    public static async Task<T> ToValueAsync<T>(this DataConverter converter, Payload payload) =>
        (T)(await converter.ToValueAsync(payload, typeof(T)))!;

    public static async Task<object?> ToValueAsync(this DataConverter converter, Payload payload, Type type) =>
        converter.PayloadConverter.ToValue(
            converter.PayloadCodec == null ? payload : await converter.PayloadCodec.DecodeSingleAsync(payload), type);

    public static async Task<T> ToSingleValueAsync<T>(this DataConverter converter, IReadOnlyCollection<Payload> payloads) =>
        (T)(await converter.ToSingleValueAsync(payloads, typeof(T)))!;

    public static async Task<object?> ToSingleValueAsync(
        this DataConverter converter, IReadOnlyCollection<Payload> payloads, Type type)
    {
        // Decoded first: a codec may pack several payloads into one.
        var decoded = converter.PayloadCodec == null || payloads.Count == 0
            ? payloads
            : await converter.PayloadCodec.DecodeAsync(payloads);
        return decoded.Count == 1
            ? converter.PayloadConverter.ToValue(decoded.First(), type)
            : throw new ArgumentException($"Expected 1 payload, found {decoded.Count}.", nameof(payloads));
    }

    public static async Task<Exception> ToExceptionAsync(this DataConverter converter, Failure failure)
    {
        if (converter.PayloadCodec != null)
        {
            failure = failure.Clone();
            await converter.PayloadCodec.DecodeFailureAsync(failure);
        }

        return converter.FailureConverter.ToException(failure, converter.PayloadConverter);
    }

    public static async Task<Failure> ToFailureAsync(this DataConverter converter, Exception exc)
    {
        var failure = converter.FailureConverter.ToFailure(exc, converter.PayloadConverter);
        if (converter.PayloadCodec != null)
        {
            await converter.PayloadCodec.EncodeFailureAsync(failure);
        }

        return failure;
    }

    public static IReadOnlyCollection<Payload> ToPayloads(
        this IPayloadConverter converter, IReadOnlyCollection<object?> values) => [.. values.Select(converter.ToPayload)];

    public static T ToValue<T>(this IPayloadConverter converter, Payload payload) =>
        (T)converter.ToValue(payload, typeof(T))!;

    public static T ToValue<T>(this IPayloadConverter converter, IRawValue rawValue) => converter.ToValue<T>(rawValue.Payload);

    public static RawValue ToRawValue(this IPayloadConverter converter, object? value) => new(converter.ToPayload(value));
}
