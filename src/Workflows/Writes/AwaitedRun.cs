namespace Dualstack.Workflows.Writes;

/// <summary>The run that a write is to bring about.</summary>
/// <param name="IntentId">The decision.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="GenerationBefore">The generation at the decision.</param>
/// <param name="Generation">The generation after the write. Where it did not move, Gardener does not run for the write's sake.</param>
/// <param name="RunEndedBefore">When the newest run before the write ended, by the garden's clock; null if none had.</param>
/// <param name="Operation">The value of the operation annotation that was set; null if none was.</param>
public sealed record AwaitedRun(
    string IntentId, WriteKind Kind, long GenerationBefore, long Generation, DateTimeOffset? RunEndedBefore, string? Operation);
