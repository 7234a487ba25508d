using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

// Memo and search attributes.
internal sealed partial class WorkflowRun
{
    private readonly Dictionary<string, IRawValue> memo;

    public IReadOnlyDictionary<string, IRawValue> Memo => memo;

    public SearchAttributeCollection TypedSearchAttributes { get; private set; }

    public void UpsertMemo(IReadOnlyCollection<MemoUpdate> memoUpdates)
    {
        if (memoUpdates.Count == 0)
        {
            throw new ArgumentException("At least one memo update is needed", nameof(memoUpdates));
        }

        var upserted = new Memo();
        foreach (var update in memoUpdates)
        {
            if (upserted.Fields.ContainsKey(update.UntypedKey))
            {
                throw new ArgumentException($"Multiple updates seen for key {update.UntypedKey}");
            }

            upserted.Fields[update.UntypedKey] = PayloadConverter.ToPayload(update.HasValue ? update.UntypedValue : null);
        }

        foreach (var update in memoUpdates)
        {
            if (update.HasValue)
            {
                memo[update.UntypedKey] = new RawValue(upserted.Fields[update.UntypedKey]);
            }
            else
            {
                memo.Remove(update.UntypedKey);
            }
        }

        commands.Add(new(
            new()
            {
                CommandType = CommandType.ModifyWorkflowProperties,
                ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = upserted },
            },
            EventType.WorkflowPropertiesModified,
            $"ModifyWorkflowProperties ({string.Join(", ", upserted.Fields.Keys)})"));
    }

    public void UpsertTypedSearchAttributes(IReadOnlyCollection<SearchAttributeUpdate> attributeUpdates)
    {
        if (attributeUpdates.Count == 0)
        {
            throw new ArgumentException("At least one search attribute update is needed", nameof(attributeUpdates));
        }

        if (attributeUpdates.GroupBy(update => update.UntypedKey.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Multiple updates seen for key {twice.Key}");
        }

        var builder = new SearchAttributeCollection.Builder(TypedSearchAttributes);
        var upserted = new SearchAttributes();
        foreach (var update in attributeUpdates)
        {
            update.ApplyTo(builder);

            // The list of patches is the SDK's own.
            if (update.UntypedKey.Name != VersionAttributes.Name)
            {
                upserted.IndexedFields[update.UntypedKey.Name] = update.ToPayload();
            }
        }

        TypedSearchAttributes = builder.ToSearchAttributeCollection();
        commands.Add(new(
            new()
            {
                CommandType = CommandType.UpsertWorkflowSearchAttributes,
                UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = upserted },
            },
            EventType.UpsertWorkflowSearchAttributes,
            $"UpsertWorkflowSearchAttributes ({string.Join(", ", upserted.IndexedFields.Keys)})"));
    }
}
