using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Workflows;

public static partial class Workflow
{
    public static bool AllHandlersFinished => Context.AllHandlersFinished;

    public static CancellationToken CancellationToken => Context.CancellationToken;

    public static bool ContinueAsNewSuggested => Context.ContinueAsNewSuggested;

    public static string CurrentBuildId => Context.CurrentBuildId;

    public static WorkerDeploymentVersion? CurrentDeploymentVersion => Context.CurrentDeploymentVersion;

    public static string CurrentDetails
    {
        get => Context.CurrentDetails;
        set => Context.CurrentDetails = value;
    }

    public static int CurrentHistoryLength => Context.CurrentHistoryLength;

    public static int CurrentHistorySize => Context.CurrentHistorySize;

    public static IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons =>
        Context.SuggestedContinueAsNewReasons;

    public static WorkflowUpdateInfo? CurrentUpdateInfo => Context.CurrentUpdateInfo;

    public static WorkflowQueryDefinition? DynamicQuery
    {
        get => Context.DynamicQuery;
        set => Context.DynamicQuery = value;
    }

    public static WorkflowSignalDefinition? DynamicSignal
    {
        get => Context.DynamicSignal;
        set => Context.DynamicSignal = value;
    }

    public static WorkflowUpdateDefinition? DynamicUpdate
    {
        get => Context.DynamicUpdate;
        set => Context.DynamicUpdate = value;
    }

    public static WorkflowInfo Info => Context.Info;

    public static object Instance => Context.Instance;

    public static bool InWorkflow => WorkflowContexts.OrNull != null;

    public static ILogger Logger => Context.Logger;

    public static IReadOnlyDictionary<string, IRawValue> Memo => Context.Memo;

    public static MetricMeter MetricMeter => Context.MetricMeter;

    public static IPayloadConverter PayloadConverter => Context.PayloadConverter;

    public static IDictionary<string, WorkflowQueryDefinition> Queries => Context.Queries;

    public static DeterministicRandom Random => Context.Random;

    public static SearchAttributeCollection TypedSearchAttributes => Context.TypedSearchAttributes;

    public static IDictionary<string, WorkflowSignalDefinition> Signals => Context.Signals;

    public static IDictionary<string, WorkflowUpdateDefinition> Updates => Context.Updates;

    public static DateTime UtcNow => Context.UtcNow;

    private static IWorkflowContext Context => WorkflowContexts.Current;

    public static Guid NewGuid()
    {
        var bytes = new byte[16];
        Random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes);
    }

    public static bool Patched(string patchId) => Context.Patch(patchId, deprecated: false);

    public static void DeprecatePatch(string patchId) => Context.Patch(patchId, deprecated: true);

    public static void UpsertMemo(params MemoUpdate[] updates) => Context.UpsertMemo(updates);

    public static void UpsertTypedSearchAttributes(params SearchAttributeUpdate[] updates) =>
        Context.UpsertTypedSearchAttributes(updates);

    public static class Unsafe
    {
        public static bool IsReplaying => Context.IsReplaying;

        public static bool IsReplayingHistoryEvents => Context.IsReplayingHistoryEvents;

        public static T WithTracingEventListenerDisabled<T>(Func<T> fn) => fn();

        public static void WithTracingEventListenerDisabled(Action fn) => fn();
    }
}
