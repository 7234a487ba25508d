namespace Dualstack.Workflows.Decisions;

/// <summary>What a preflight comes to: it passes if there is neither an ending nor a block.</summary>
/// <param name="Ending">How the migration ends at once; null if it does not.</param>
/// <param name="Blocked">What blocks it; null if nothing does.</param>
public sealed record PreflightVerdict(MigrationEnding? Ending, BlockedReason? Blocked)
{
    /// <summary>Whether it passes.</summary>
    public bool Passes => Ending is null && Blocked is null;
}
