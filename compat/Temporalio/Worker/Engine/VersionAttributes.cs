using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Engine;

/// <summary>The search attribute that lists the patches of a run.</summary>
internal static class VersionAttributes
{
    internal const string Name = "TemporalChangeVersion";
    private const int TooLong = 2048;

    internal static bool IsVersionUpsert(HistoryEvent e) =>
        e.EventType == EventType.UpsertWorkflowSearchAttributes &&
        e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes?.IndexedFields.ContainsKey(Name) == true;

    /// <summary>Makes the command that lists all ids, or null when the list has become too long for an attribute.</summary>
    internal static Command? ToCommand(IEnumerable<string> patchIds)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(patchIds.Order(StringComparer.Ordinal));
        if (data.Length >= TooLong)
        {
            return null;
        }

        var payload = new Payload
        {
            Metadata =
            {
                ["encoding"] = ByteString.CopyFromUtf8("json/plain"),
                ["type"] = ByteString.CopyFromUtf8("KeywordList"),
            },
            Data = ByteString.CopyFrom(data),
        };
        return new()
        {
            CommandType = CommandType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesCommandAttributes = new()
            {
                SearchAttributes = new() { IndexedFields = { [Name] = payload } },
            },
        };
    }
}
