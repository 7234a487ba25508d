using System.Text.Json.Nodes;

namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>One write request as the simulated garden recorded it.</summary>
public sealed record AuditRecord
{
    private const string IntentAnnotation = "dualstack.dev/intent";

    public long Sequence { get; init; }

    public DateTimeOffset Time { get; init; }

    public string Verb { get; init; } = string.Empty;

    public string Path { get; init; } = string.Empty;

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? FieldManager { get; init; }

    public bool DryRun { get; init; }

    public JsonNode? Body { get; init; }

    public int Code { get; init; }

    public bool Committed { get; init; }

    public bool Changed { get; init; }

    public string? Fault { get; init; }

    /// <summary>The intent id that the write put on the shoot; null if it put none there.</summary>
    public string? Intent => Text("metadata", "annotations", IntentAnnotation);

    /// <summary>The operation that the write asked for; null if it asked for none.</summary>
    public string? Operation => Text("metadata", "annotations", "gardener.cloud/operation");

    public bool SetsFamilies => At("spec", "networking", "ipFamilies") is not null;

    /// <summary>Whether the write takes our marks off the shoot.</summary>
    public bool Unmarks => Intent is null && At("metadata", "annotations") is JsonObject annotations && annotations.ContainsKey(IntentAnnotation);

    public WriteStep? Step => this switch
    {
        { SetsFamilies: true } => WriteStep.IpFamilies,
        { Operation: { } operation } when operation.StartsWith("rollout-workers=", StringComparison.Ordinal) => WriteStep.Rollout,
        { Operation: "reconcile" } => WriteStep.Reconcile,
        { Operation: "retry" } => WriteStep.Retry,
        { Unmarks: true } => WriteStep.Unmark,
        { Operation: null, Intent: not null } => WriteStep.Mark,
        _ => null,
    };

    private string? Text(params string[] path) => At(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private JsonNode? At(params string[] path)
    {
        var node = Body;
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }
}
