using Dualstack.Gardener.Garden;

namespace Dualstack.Gardener.Writes;

/// <summary>How a guarded write ended, and the shoot as it then was.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reading">The shoot after the write, or as read if nothing was written.</param>
/// <param name="Why">Why to decide anew, one sentence, or why the garden refused, in its own words; null otherwise.</param>
public sealed record WriteResult(WriteOutcome Outcome, ShootReading Reading, string? Why = null);
