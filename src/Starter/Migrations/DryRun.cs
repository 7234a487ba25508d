using Dualstack.Activities;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Output;
using Dualstack.Workflows;
using Dualstack.Workflows.Decisions;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Starter.Migrations;

/// <summary>What a migration would write first, and what stands against it. The garden is asked in a dry run; nothing is written and nothing is started.</summary>
internal sealed class DryRun(CliContext context, GardenConnection garden)
{
    public async Task<int> RunAsync(ShootKey key, string uid, RolloutMode rollout, CancellationToken cancellationToken)
    {
        using var access = new ShootAccess(garden.Kubernetes, new ShootAccessOptions());
        var report = await new Preflight(new GardenClient(garden.Kubernetes), new ClusterLook(access, context.Time)).LookAsync(key, uid, cancellationToken);
        var verdict = PreflightRules.Judge(key, report, rollout);
        var before = report.Observation.IpFamilies;
        IReadOnlyList<string> after = verdict.Passes && before.Count == 1 ? AddressFamilies.Both(before[0]) : before;
        var change = after.Count == before.Count ? null : new { path = "spec.networking.ipFamilies", from = before, to = after };
        var wait = verdict.Unready is { } why ? $"{why.TrimEnd('.')}; a migration waits for the end of that before its first write." : null;
        var sentence = verdict.Ending?.Sentence ?? verdict.Blocked?.Sentence ?? wait
            ?? (change is null ? "The shoot asks for two families already; the migration goes on from where it stands." : null);
        context.Output.Result(
            new
            {
                apiVersion = "dualstack.dev/v1",
                kind = "MigrationDryRun",
                shoot = key,
                outcome = verdict.Ending?.Outcome,
                sentence,
                blocked = verdict.Blocked,
                change,
                label = change is null ? null : GardenNames.MigrationSelector,
                annotation = change is null ? null : GardenNames.IntentAnnotation,
            },
            table => Columns.WritePairs(
                table,
                [
                    ("SHOOT", $"{key}  (garden {key.Garden})"),
                    ("RESULT", Result(verdict)),
                    ("WHY", sentence),
                    ("EVIDENCE", verdict.Blocked?.Evidence),
                    ("CHANGE", change is null ? null : $"{change.path}: [{string.Join(", ", before)}] → [{string.Join(", ", after)}]"),
                    ("MARKS", change is null ? null : $"label {GardenNames.MigrationSelector}, annotation {GardenNames.IntentAnnotation}"),
                ]));
        context.Output.Say(verdict.Blocked is null
            ? $"Dry run: nothing was written or started. Next: dualstack migrate {key}"
            : $"Dry run: nothing was written or started. Once it is mended: dualstack migrate {key} --dry-run");
        return verdict.Blocked is null ? ExitCode.Done : ExitCode.PreflightBlocked;
    }

    private static string Result(PreflightVerdict verdict) => verdict switch
    {
        { Ending: { } ending } => $"{Glyph.Of(MigrationPhase.NotApplicable)} {ending.Outcome}",
        { Blocked: { } blocked } => $"{Glyph.Of(MigrationPhase.Blocked)} {blocked.Code}",
        { Unready: not null } => $"{Glyph.Of(MigrationPhase.Running)} not yet",
        _ => $"{Glyph.Of(MigrationPhase.Succeeded)} nothing stands against it",
    };
}
