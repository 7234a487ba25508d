using Temporalio.Api.Command.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>Markers, search attributes and memo.</summary>
internal static class UpsertCommands
{
    public static void Marker(CommandContext context, RecordMarkerCommandAttributes command)
    {
        if (command.MarkerName.Length == 0)
        {
            throw new CommandException(WorkflowTaskFailedCause.BadRecordMarkerAttributes, "MarkerName is not set on RecordMarkerCommand.");
        }

        var item = context.Create(EventType.MarkerRecorded);
        var attributes = new MarkerRecordedEventAttributes
        {
            MarkerName = command.MarkerName,
            WorkflowTaskCompletedEventId = context.CompletedId,
            Header = command.Header,
            Failure = command.Failure,
        };
        attributes.Details.Add(command.Details);
        item.MarkerRecordedEventAttributes = attributes;
        context.Transition.Append(item);
    }

    public static void SearchAttributes(CommandContext context, UpsertWorkflowSearchAttributesCommandAttributes command)
    {
        var given = Check(context, command.SearchAttributes ?? new SearchAttributes(), WorkflowTaskFailedCause.BadSearchAttributes);
        var item = context.Create(EventType.UpsertWorkflowSearchAttributes);
        item.UpsertWorkflowSearchAttributesEventAttributes = new UpsertWorkflowSearchAttributesEventAttributes
        {
            WorkflowTaskCompletedEventId = context.CompletedId,
            SearchAttributes = given,
        };
        context.Transition.Append(item);
        context.State.SearchAttributes = Merged(context.State.SearchAttributes, given);
        context.Transition.VisibilityChanged = true;
        context.Transition.SearchAttributesChanged = true;
    }

    public static void Properties(CommandContext context, ModifyWorkflowPropertiesCommandAttributes command)
    {
        var item = context.Create(EventType.WorkflowPropertiesModified);
        item.WorkflowPropertiesModifiedEventAttributes = new WorkflowPropertiesModifiedEventAttributes
        {
            WorkflowTaskCompletedEventId = context.CompletedId,
            UpsertedMemo = command.UpsertedMemo,
        };
        var merged = Merged(context.State.Memo, command.UpsertedMemo);
        if (merged.CalculateSize() > context.Transition.Engine.Limits.MemoBytes)
        {
            throw new CommandException(WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes, "ModifyWorkflowPropertiesCommandAttributes. Memo exceeds size limit.");
        }

        context.Transition.Append(item);
        context.State.Memo = merged;
        context.Transition.VisibilityChanged = true;
    }

    public static SearchAttributes Check(CommandContext context, SearchAttributes given, WorkflowTaskFailedCause cause) =>
        context.Transition.Engine.SearchAttributes.Normalize(given, out var problem) ?? throw new CommandException(cause, problem!);

    public static SearchAttributes Merged(SearchAttributes? before, SearchAttributes given)
    {
        var merged = before?.Clone() ?? new SearchAttributes();
        Merge(merged.IndexedFields, given.IndexedFields);
        return merged;
    }

    public static Memo Merged(Memo? before, Memo? given)
    {
        var merged = before?.Clone() ?? new Memo();
        Merge(merged.Fields, given?.Fields ?? []);
        return merged;
    }

    private static void Merge(Google.Protobuf.Collections.MapField<string, Payload> into, IEnumerable<KeyValuePair<string, Payload>> given)
    {
        foreach (var (name, payload) in given)
        {
            if (IsEmpty(payload))
            {
                into.Remove(name);
            }
            else
            {
                into[name] = payload;
            }
        }
    }

    private static bool IsEmpty(Payload payload) =>
        payload.Data.IsEmpty || payload.Data.Span.SequenceEqual("null"u8) || payload.Data.Span.SequenceEqual("[]"u8);
}
