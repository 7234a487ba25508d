namespace Dualstack.Workflows;

/// <summary>Why a migration needs a person, what shows it, and how to go on.</summary>
/// <param name="Code">The kind of reason.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
/// <param name="NextCommand">The command that goes on.</param>
/// <param name="Evidence">What shows it, in the server's own words where it spoke; null if the sentence says it all.</param>
public sealed record BlockedReason(BlockedCode Code, string Sentence, string NextCommand, string? Evidence = null)
{
    /// <summary>Whether it was found before anything was written.</summary>
    public bool BeforeFirstWrite { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }
}
