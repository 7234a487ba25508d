using ProtoPriority = Temporalio.Api.Common.V1.Priority;

namespace Temporalio.Common;

public sealed record Priority
{
    public Priority(int? priorityKey = null, string? fairnessKey = null, float? fairnessWeight = null)
    {
        PriorityKey = priorityKey;
        FairnessKey = fairnessKey;
        FairnessWeight = fairnessWeight;
    }

    public static Priority Default { get; } = new();

    public int? PriorityKey { get; init; }

    public string? FairnessKey { get; init; }

    public float? FairnessWeight { get; init; }

    internal static Priority FromProto(ProtoPriority? proto) => proto == null ? Default : new()
    {
        PriorityKey = proto.PriorityKey == 0 ? null : proto.PriorityKey,
        FairnessKey = proto.FairnessKey.Length == 0 ? null : proto.FairnessKey,
        FairnessWeight = proto.FairnessWeight == 0 ? null : proto.FairnessWeight,
    };

    internal ProtoPriority ToProto() => new()
    {
        PriorityKey = PriorityKey ?? 0,
        FairnessKey = FairnessKey ?? string.Empty,
        FairnessWeight = FairnessWeight ?? 0,
    };
}
