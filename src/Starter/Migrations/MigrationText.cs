using Dualstack.Starter.Output;
using Dualstack.Workflows;

namespace Dualstack.Starter.Migrations;

/// <summary>A migration in lines for people.</summary>
internal static class MigrationText
{
    public static void Write(TextWriter writer, MigrationView view, DateTimeOffset now) => Columns.WritePairs(writer, Pairs(view, now));

    public static string Line(MigrationView view) =>
        $"{Glyph.Of(view.Phase)} {view.Shoot}  {State(view)}{(Nodes(view) is { Length: > 0 } nodes ? $"  {nodes}" : string.Empty)}"
        + $"{(view.Sentence is { } sentence ? $"  {sentence}" : string.Empty)}{(view.NextCommand is { } next ? $"\n    next: {next}" : string.Empty)}";

    public static string State(MigrationView view) => view switch
    {
        { Outcome: { } outcome } => outcome.ToString(),
        { Phase: MigrationPhase.Blocked } => $"Blocked in {view.Stage}",
        { Phase: MigrationPhase.WaitsForPerson } => $"{view.Stage}, waits for {view.WaitingFor}",
        { Phase: MigrationPhase.Running, WaitingFor: { } waits and not "Nothing" } => $"{view.Stage}, waits for {waits}",
        { Phase: MigrationPhase.Running } => view.Stage ?? "Running",
        _ => view.Phase.ToString(),
    };

    public static string Nodes(MigrationView view) => view.Nodes is { Readable: true } nodes ? $"{nodes.Done}/{nodes.Total} nodes" : string.Empty;

    private static IEnumerable<(string Name, string? Value)> Pairs(MigrationView view, DateTimeOffset now) =>
    [
        ("SHOOT", $"{view.Shoot}  (garden {view.Shoot.Garden})"),
        ("STATE", $"{Glyph.Of(view.Phase)} {State(view)}"),
        ("STAGE", view.Stage is { } stage && view.IsOpen() ? $"{stage}{Ago(view.StageSince, now)}" : view.Stage),
        ("WAITS FOR", view.WaitingFor is { } waits and not "Nothing" ? $"{waits}{Ago(view.WaitingSince, now)}" : null),
        ("NODES", NodesByPool(view)),
        ("CLAIM", view.Claim is { State: not ClaimState.Confirmed } claim ? $"{claim.State}: {claim.Sentence}" : view.Claim?.Sentence),
        ("BLOCKED BY", view.Blocked?.Code.ToString()),
        ("SAYS", view.Sentence),
        ("EVIDENCE", view.Blocked?.Evidence),
        ("NOT SEEN", view.Waivers.Count > 0 ? string.Join(" ", view.Waivers) : null),
        ("TOOK", view.EndedAt is { } ended ? TimeText.Of(ended - view.StartedAt) : null),
        ("STARTED", view.EndedAt is null ? $"{TimeText.Of(now - view.StartedAt)} ago" : null),
        ("WORKFLOW", $"{view.WorkflowId}  run {view.RunId}"),
        ("NEXT", view.NextCommand),
    ];

    private static string Ago(DateTimeOffset? since, DateTimeOffset now) => since is { } moment ? $", since {TimeText.Of(now - moment)}" : string.Empty;

    private static string? NodesByPool(MigrationView view) => view.Nodes switch
    {
        null => null,
        { Readable: false } nodes => $"cannot be seen: {nodes.WhyNot}",
        { } nodes => $"{nodes.Done}/{nodes.Total} dual-stack ({string.Join(", ", nodes.Pools.Select(pool => $"{pool.Pool} {pool.Done}/{pool.Total}"))})",
    };
}
