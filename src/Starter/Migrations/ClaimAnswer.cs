using Dualstack.Workflows;

namespace Dualstack.Starter.Migrations;

/// <summary>What a migration makes of a claim that nodes were replaced.</summary>
/// <param name="IsAnswered">Whether a worker answered at all.</param>
/// <param name="Verdict">The newest verdict on this claim; null if there is none.</param>
internal sealed record ClaimAnswer(bool IsAnswered, ClaimVerdict? Verdict)
{
    public static ClaimAnswer Nobody { get; } = new(false, null);

    /// <summary>Whether another claim is the newest: this one was recorded before it, or came to nothing because it had been recorded earlier.</summary>
    public bool IsOvertaken { get; init; }
}
