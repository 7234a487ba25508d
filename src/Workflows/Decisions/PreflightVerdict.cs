namespace Dualstack.Workflows.Decisions;

/// <summary>What a preflight comes to: it passes if nothing of these is there.</summary>
/// <param name="Ending">How the migration ends at once; null if it does not.</param>
/// <param name="Blocked">What blocks it; null if nothing does.</param>
/// <param name="Unready">What makes it too early for a verdict and passes by itself, one sentence; null if nothing does.</param>
public sealed record PreflightVerdict(MigrationEnding? Ending, BlockedReason? Blocked, string? Unready = null)
{
    /// <summary>Whether it passes.</summary>
    public bool Passes => this is { Ending: null, Blocked: null, Unready: null };
}
