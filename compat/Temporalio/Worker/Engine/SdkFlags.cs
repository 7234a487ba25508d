using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Temporalio.Worker.Engine;

/// <summary>Which behaviours of the SDK a run relies on, as recorded in its history.</summary>
internal sealed class SdkFlags
{
    internal const uint CompareIds = 1;
    internal const uint UpsertPatches = 2;
    internal const uint TerminalCommandsLast = 3;
    internal const uint ModernEventLoop = 2;
    internal const string SdkName = "temporal-dotnet";
    internal const string SdkVersion = "1.18.0";

    private static readonly uint[] CoreInUse = [TerminalCommandsLast, UpsertPatches, CompareIds];
    private static readonly uint[] LangInUse = [ModernEventLoop];

    private readonly HashSet<uint> core = [];
    private readonly HashSet<uint> lang = [];
    private string? name;
    private string? version;

    internal bool Has(uint flag) => core.Contains(flag);

    internal void Observe(HistoryEvent completed) =>
        Observe(completed.WorkflowTaskCompletedEventAttributes?.SdkMetadata);

    /// <summary>Takes what the history does not say yet; null if it says everything.</summary>
    internal WorkflowTaskCompletedMetadata? TakeNew()
    {
        var metadata = new WorkflowTaskCompletedMetadata
        {
            CoreUsedFlags = { CoreInUse.Where(f => !core.Contains(f)) },
            LangUsedFlags = { LangInUse.Where(f => !lang.Contains(f)) },
            SdkName = name == SdkName ? string.Empty : SdkName,
            SdkVersion = version == SdkVersion ? string.Empty : SdkVersion,
        };
        if (metadata.CalculateSize() == 0)
        {
            return null;
        }

        Observe(metadata);
        return metadata;
    }

    private void Observe(WorkflowTaskCompletedMetadata? metadata)
    {
        if (metadata == null)
        {
            return;
        }

        core.UnionWith(metadata.CoreUsedFlags);
        lang.UnionWith(metadata.LangUsedFlags);
        name = metadata.SdkName.Length > 0 ? metadata.SdkName : name;
        version = metadata.SdkVersion.Length > 0 ? metadata.SdkVersion : version;
    }
}
