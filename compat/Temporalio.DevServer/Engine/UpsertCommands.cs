using Temporalio.Api.Command.V1;
using Temporalio.DevServer.Visibility;

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

        Lengths.Check(context, "MarkerName on RecordMarkerCommand", command.MarkerName, WorkflowTaskFailedCause.BadRecordMarkerAttributes);
        CommandSizes.CheckDetails(
            context, command.Details, WorkflowTaskFailedCause.BadRecordMarkerAttributes, "RecordMarkerCommandAttributes.Details");
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
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadSearchAttributes;
        var given = Check(context, command.SearchAttributes ?? new SearchAttributes(), bad);
        CommandSizes.CheckFields(context, given.IndexedFields, bad, "UpsertWorkflowSearchAttributesCommandAttributes");
        var merged = Merged(context.State.SearchAttributes, given);
        if (SearchAttributeRegistry.SizeProblem(merged) is { } problem)
        {
            throw new CommandException(bad, problem, terminates: true);
        }

        var item = context.Create(EventType.UpsertWorkflowSearchAttributes);
        item.UpsertWorkflowSearchAttributesEventAttributes = new UpsertWorkflowSearchAttributesEventAttributes
        {
            WorkflowTaskCompletedEventId = context.CompletedId,
            SearchAttributes = given,
        };
        context.Transition.Append(item);
        context.State.SearchAttributes = merged;
        context.Transition.VisibilityChanged = true;
        context.Transition.SearchAttributesChanged = true;
    }

    public static void Properties(CommandContext context, ModifyWorkflowPropertiesCommandAttributes command)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes;
        CommandSizes.CheckFields(context, command.UpsertedMemo?.Fields, bad, "ModifyWorkflowPropertiesCommandAttributes");
        var merged = Merged(context.State.Memo, command.UpsertedMemo);
        CommandSizes.CheckMemo(context, merged, bad, "ModifyWorkflowPropertiesCommandAttributes. Memo");
        var item = context.Create(EventType.WorkflowPropertiesModified);
        item.WorkflowPropertiesModifiedEventAttributes = new WorkflowPropertiesModifiedEventAttributes
        {
            WorkflowTaskCompletedEventId = context.CompletedId,
            UpsertedMemo = command.UpsertedMemo,
        };
        context.Transition.Append(item);
        context.State.Memo = merged;
        context.Transition.VisibilityChanged = true;
    }

    /// <summary>The attributes with their types. What is not valid fails the task; what is too large ends the workflow, with the cause given.</summary>
    public static SearchAttributes Check(CommandContext context, SearchAttributes given, WorkflowTaskFailedCause tooLarge)
    {
        var typed = context.Transition.Engine.SearchAttributes.Of(context.Transition.State.Namespace).Normalize(given, out var problem) ??
            throw new CommandException(WorkflowTaskFailedCause.BadSearchAttributes, problem!);
        return SearchAttributeRegistry.SizeProblem(typed) is { } excess ? throw new CommandException(tooLarge, excess, terminates: true) : typed;
    }

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
