using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Engine;

/// <summary>The marker that records the result of a local activity.</summary>
internal sealed record LocalActivityMarker(
    long Seq,
    int Attempt,
    string ActivityId,
    string ActivityType,
    DateTime? CompleteTime,
    TimeSpan? Backoff,
    DateTime? OriginalScheduleTime,
    Payload? Result,
    Failure? Failure)
{
    internal const string Name = "core_local_activity";
    internal const string DataKey = "data";
    private const string ResultKey = "result";

    internal static bool TryReadSeq(HistoryEvent e, out long seq)
    {
        seq = 0;
        if (e.MarkerRecordedEventAttributes is not { } marker || ReadData(marker.MarkerName, marker.Details) is not { } data)
        {
            return false;
        }

        seq = data.Seq;
        return true;
    }

    internal static LocalActivityMarker? TryRead(HistoryEvent e) => e.MarkerRecordedEventAttributes is { } marker
        ? TryRead(marker.MarkerName, marker.Details, marker.Failure)
        : null;

    internal static LocalActivityMarker? TryRead(string name, MapField<string, Payloads> details, Failure? failure) =>
        ReadData(name, details) is not { } data ? null : new(
            data.Seq,
            data.Attempt,
            data.ActivityId ?? string.Empty,
            data.ActivityType ?? string.Empty,
            data.CompleteTime?.ToTime(),
            data.Backoff?.ToSpan(),
            data.OriginalScheduleTime?.ToTime(),
            details.TryGetValue(ResultKey, out var result) && result.Payloads_.Count > 0 ? result.Payloads_[0] : null,
            failure);

    internal Command ToCommand(Payload? summary)
    {
        var attributes = new RecordMarkerCommandAttributes
        {
            MarkerName = Name,
            Details =
            {
                [DataKey] = PatchMarker.JsonPayloads(new Data(
                    Seq,
                    Attempt,
                    ActivityId,
                    ActivityType,
                    Stamp.From(CompleteTime),
                    Stamp.From(Backoff),
                    Stamp.From(OriginalScheduleTime))),
            },
            Failure = Failure,
        };
        if (Result != null)
        {
            attributes.Details[ResultKey] = new() { Payloads_ = { Result } };
        }

        return new()
        {
            CommandType = CommandType.RecordMarker,
            RecordMarkerCommandAttributes = attributes,
            UserMetadata = summary == null ? null : new() { Summary = summary },
        };
    }

    private static Data? ReadData(string name, MapField<string, Payloads> details) =>
        name == Name && details.TryGetValue(DataKey, out var data) && data.Payloads_.Count > 0
            ? JsonSerializer.Deserialize<Data>(data.Payloads_[0].Data.Span)
            : null;

    private sealed record Data(
        [property: JsonPropertyName("seq")] long Seq,
        [property: JsonPropertyName("attempt")] int Attempt,
        [property: JsonPropertyName("activity_id")] string? ActivityId,
        [property: JsonPropertyName("activity_type")] string? ActivityType,
        [property: JsonPropertyName("complete_time")] Stamp? CompleteTime,
        [property: JsonPropertyName("backoff")] Stamp? Backoff,
        [property: JsonPropertyName("original_schedule_time")] Stamp? OriginalScheduleTime);

    private sealed record Stamp(
        [property: JsonPropertyName("seconds")] long Seconds,
        [property: JsonPropertyName("nanos")] int Nanos)
    {
        internal static Stamp? From(DateTime? time)
        {
            if (time is not { } value)
            {
                return null;
            }

            var stamp = Timestamp.FromDateTime(value);
            return new(stamp.Seconds, stamp.Nanos);
        }

        internal static Stamp? From(TimeSpan? span)
        {
            if (span is not { } value)
            {
                return null;
            }

            var duration = Duration.FromTimeSpan(value);
            return new(duration.Seconds, duration.Nanos);
        }

        internal DateTime ToTime() => new Timestamp { Seconds = Seconds, Nanos = Nanos }.ToDateTime();

        internal TimeSpan ToSpan() => new Duration { Seconds = Seconds, Nanos = Nanos }.ToTimeSpan();
    }
}
