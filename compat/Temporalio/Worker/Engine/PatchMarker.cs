using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Engine;

/// <summary>The marker that records that a run took a patched branch.</summary>
internal static class PatchMarker
{
    internal const string Name = "core_patch";
    internal const string DataKey = "patch-data";

    internal static bool TryRead(HistoryEvent e, [NotNullWhen(true)] out string? id, out bool deprecated)
    {
        id = null;
        deprecated = false;
        if (e.EventType != EventType.MarkerRecorded || e.MarkerRecordedEventAttributes.MarkerName != Name)
        {
            return false;
        }

        var details = e.MarkerRecordedEventAttributes.Details;
        if (details.TryGetValue(DataKey, out var data) && data.Payloads_.Count > 0)
        {
            using var json = JsonDocument.Parse(data.Payloads_[0].Data.Memory);
            id = json.RootElement.GetProperty("id").GetString() ?? string.Empty;
            deprecated = json.RootElement.TryGetProperty("deprecated", out var flag) && flag.GetBoolean();
            return true;
        }

        // The form that older workers wrote.
        if (details.TryGetValue("patch_id", out var legacyId) && legacyId.Payloads_.Count > 0)
        {
            id = legacyId.Payloads_[0].Data.ToStringUtf8();
            deprecated = details.TryGetValue("deprecated", out var legacy) && legacy.Payloads_.Count > 0 &&
                legacy.Payloads_[0].Data.Length > 0 && legacy.Payloads_[0].Data[0] == 1;
            return true;
        }

        return false;
    }

    internal static Command ToCommand(string id, bool deprecated) => new()
    {
        CommandType = CommandType.RecordMarker,
        RecordMarkerCommandAttributes = new()
        {
            MarkerName = Name,
            Details = { [DataKey] = JsonPayloads(new { id, deprecated }) },
        },
    };

    internal static Payloads JsonPayloads<T>(T value) => new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
            },
        },
    };
}
