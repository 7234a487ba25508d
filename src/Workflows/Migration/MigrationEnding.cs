namespace Dualstack.Workflows;

/// <summary>How a migration ends.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Sentence">One sentence on it.</param>
public sealed record MigrationEnding(MigrationOutcome Outcome, string Sentence);
