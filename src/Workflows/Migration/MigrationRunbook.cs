using System.Globalization;
using System.Text;
using Dualstack.Workflows.Decisions;

namespace Dualstack.Workflows;

/// <summary>The page that the Temporal UI shows for a migration.</summary>
public static class MigrationRunbook
{
    /// <summary>Writes the page.</summary>
    /// <param name="status">The status.</param>
    /// <returns>Markdown, a few KiB at most.</returns>
    public static string Write(ShootMigrationStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var page = new StringBuilder();
        Line(page, $"### {status.Shoot} → dual-stack");
        Line(page, $"**{status.Stage}** since {Time(status.StageSince)}{WaitsFor(status)}");
        Line(page, $"{status.Sentence}");
        if (status.NextCommand is { } command)
        {
            Line(page, $"To go on:\n```\n{command}\n```");
        }

        if (status.Blocked is { Evidence: { } evidence } blocked)
        {
            Line(page, $"Blocked ({blocked.Code}) since {Time(blocked.Since)}:\n```\n{evidence}\n```");
        }

        if (status.Outcome is { } outcome)
        {
            Line(page, $"Outcome: **{outcome}**");
        }

        Details(page, status);
        return page.ToString();
    }

    private static void Details(StringBuilder page, ShootMigrationStatus status)
    {
        if (status.Nodes is { Readable: true } nodes)
        {
            page.Append("| Pool | Dual-stack | Nodes |\n|---|--:|--:|\n");
            foreach (var pool in nodes.Pools)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {(pool.Pool.Length == 0 ? "(none)" : pool.Pool)} | {pool.Done} | {pool.Total} |\n");
            }

            page.Append(CultureInfo.InvariantCulture, $"| all {nodes.PoolCount} | {nodes.Done} | {nodes.Total} |\n\n");
        }

        if (status.RolloutReceipt is { } rollout)
        {
            Line(page, $"Rollout `{rollout.Operation}`: {rollout.Step}, asked for {Time(rollout.RequestedAt)}");
        }

        if (status.Claim is { } claim)
        {
            Line(page, $"Nodes said to be replaced{(claim.By.Length == 0 ? string.Empty : $" by {claim.By}")} at {Time(claim.ClaimedAt)}: **{claim.State}**. {claim.Sentence}");
            if (claim.NotUnderstood is { } text)
            {
                Line(page, $"Not understood in the signal's payload: `{text.Replace('`', '\'')}`");
            }
        }

        foreach (var waiver in status.Waivers)
        {
            Line(page, $"- {waiver}");
        }

        if (status.LastObservation is { } observation)
        {
            Line(page, $"Last seen: {observation}");
        }
    }

    private static string WaitsFor(ShootMigrationStatus status) => status is { WaitingFor: not WaitingFor.Nothing, WaitingSince: { } since }
        ? $" · waits for **{status.WaitingFor}** since {Time(since)}"
        : string.Empty;

    private static void Line(StringBuilder page, string text) => page.Append(text).Append("\n\n");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Puts together the status.</summary>
    /// <param name="request">The migration.</param>
    /// <param name="state">What is remembered.</param>
    /// <returns>The status.</returns>
    public static ShootMigrationStatus Status(ShootMigrationRequest request, MigrationState state)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(state);
        return new ShootMigrationStatus
        {
            Shoot = request.Shoot,
            Uid = state.Uid,
            Rollout = request.Rollout,
            StartedAt = state.StartedAt,
            Stage = state.Stage,
            StageSince = state.StageSince,
            WaitingFor = state.WaitingFor,
            WaitingSince = state.WaitingFor == WaitingFor.Nothing ? null : state.WaitingSince,
            Sentence = state.Sentence,
            NextCommand = state.NextCommand,
            Nodes = state.Nodes,
            Blocked = state.Blocked,
            RolloutReceipt = state.Rollout,
            Claim = state.Claim,
            Paused = state.Paused,
            Outcome = state.Ending?.Outcome,
            Waivers = state.Waivers,
            LastObservation = state.Observation is { } observation ? Sentences.Observation(observation) : null,
        };
    }
}
