using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Engine;

internal static class ProtoConversions
{
    internal static Duration? ToDuration(this TimeSpan? span) => span is { } value ? Duration.FromTimeSpan(value) : null;

    /// <summary>Reads a duration where zero means that there is none.</summary>
    internal static TimeSpan? ToSpan(this Duration? duration) =>
        duration == null || (duration.Seconds == 0 && duration.Nanos == 0) ? null : duration.ToTimeSpan();

    internal static DateTime ToUtc(this Timestamp? timestamp) => timestamp?.ToDateTime() ?? DateTime.UnixEpoch;

    internal static string? OrNull(this string text) => text.Length == 0 ? null : text;

    internal static Api.Common.V1.RetryPolicy ToProto(this Common.RetryPolicy policy) => new()
    {
        InitialInterval = Duration.FromTimeSpan(policy.InitialInterval),
        BackoffCoefficient = policy.BackoffCoefficient,
        MaximumInterval = policy.MaximumInterval.ToDuration(),
        MaximumAttempts = policy.MaximumAttempts,
        NonRetryableErrorTypes = { policy.NonRetryableErrorTypes ?? [] },
    };

    internal static Common.RetryPolicy? ToRetryPolicy(this Api.Common.V1.RetryPolicy? proto) => proto == null
        ? null
        : new()
        {
            InitialInterval = proto.InitialInterval.ToSpan() ?? TimeSpan.FromSeconds(1),
            BackoffCoefficient = (float)proto.BackoffCoefficient,
            MaximumInterval = proto.MaximumInterval.ToSpan(),
            MaximumAttempts = proto.MaximumAttempts,
            NonRetryableErrorTypes = proto.NonRetryableErrorTypes.Count == 0 ? null : [.. proto.NonRetryableErrorTypes],
        };

    internal static Api.Common.V1.Priority ToProto(this Common.Priority priority) => new()
    {
        PriorityKey = priority.PriorityKey ?? 0,
        FairnessKey = priority.FairnessKey ?? string.Empty,
        FairnessWeight = priority.FairnessWeight ?? 0,
    };

    internal static Common.Priority ToPriority(this Api.Common.V1.Priority? proto) => proto == null
        ? Common.Priority.Default
        : new(
            proto.PriorityKey == 0 ? null : proto.PriorityKey,
            proto.FairnessKey.OrNull(),
            proto.FairnessWeight == 0 ? null : proto.FairnessWeight);

    internal static Payloads? ToPayloads(this IPayloadConverter converter, IReadOnlyCollection<object?> values, bool nullIfEmpty)
    {
        if (values.Count == 0 && nullIfEmpty)
        {
            return null;
        }

        var payloads = new Payloads();
        foreach (var value in values)
        {
            payloads.Payloads_.Add(converter.ToPayload(value));
        }

        return payloads;
    }

    internal static Header? ToHeader(this IEnumerable<KeyValuePair<string, Payload>>? headers)
    {
        if (headers == null)
        {
            return null;
        }

        var header = new Header();
        foreach (var (key, value) in headers)
        {
            header.Fields[key] = value;
        }

        return header.Fields.Count == 0 ? null : header;
    }

    internal static IReadOnlyDictionary<string, Payload>? ToFields(this Header? header) =>
        header == null || header.Fields.Count == 0 ? null : new Dictionary<string, Payload>(header.Fields);

    internal static IReadOnlyList<Payload> OrEmpty(this Payloads? payloads) => payloads == null ? [] : payloads.Payloads_;

    internal static IPayloadConverter With(this IPayloadConverter converter, ISerializationContext context) =>
        converter is IWithSerializationContext<IPayloadConverter> with ? with.WithSerializationContext(context) : converter;

    internal static IFailureConverter With(this IFailureConverter converter, ISerializationContext context) =>
        converter is IWithSerializationContext<IFailureConverter> with ? with.WithSerializationContext(context) : converter;
}
