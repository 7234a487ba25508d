using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Temporalio.Worker.Engine;

internal sealed partial class WorkflowRun
{
    private readonly Dictionary<string, bool> decidedPatches = [];

    // Markers that history has for the current task, and whether the version attribute follows them.
    private readonly Dictionary<string, bool> recordedPatches = [];
    private readonly SortedSet<string> recordedPatchIds = new(StringComparer.Ordinal);
    private Payload? versionPayload;
    private bool askingForPatch;

    public bool Patch(string patchId, bool deprecated)
    {
        AssertNotReadOnly(deprecated ? "deprecate patch" : "create patch");
        if (decidedPatches.TryGetValue(patchId, out var decided))
        {
            return decided;
        }

        var recorded = recordedPatches.TryGetValue(patchId, out var hasUpsert);
        var patched = IsReplaying ? recorded : deprecated || IsActivated(patchId);
        decidedPatches[patchId] = patched;
        if (!patched)
        {
            return false;
        }

        commands.Add(new(PatchMarker.ToCommand(patchId, deprecated), EventType.MarkerRecorded, $"RecordMarker (patch {patchId})")
        {
            PatchId = patchId,
            Differs = e => PatchMarker.TryRead(e, out var recordedId, out _) && recordedId == patchId
                ? null
                : "the marker is not of this patch",
        });
        recordedPatchIds.Add(patchId);
        if (IsReplaying && !hasUpsert)
        {
            return patched;
        }

        if (VersionAttributes.ToCommand(recordedPatchIds) is { } upsert)
        {
            versionPayload = upsert.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes.IndexedFields[VersionAttributes.Name];
            commands.Add(new(upsert, EventType.UpsertWorkflowSearchAttributes, $"UpsertWorkflowSearchAttributes (patch {patchId})"));
        }

        return patched;
    }

    private bool IsActivated(string patchId)
    {
        if (options.PatchActivation is not { } ask)
        {
            return true;
        }

        askingForPatch = true;
        try
        {
            return ask(new(Info, patchId));
        }
        finally
        {
            askingForPatch = false;
        }
    }
}
