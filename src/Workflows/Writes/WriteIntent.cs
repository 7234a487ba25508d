namespace Dualstack.Workflows.Writes;

/// <summary>A decision to write, noted before the write so that it can be recognised after a lost answer.</summary>
/// <param name="Id">Its name, unique per decision and the same in every attempt; it goes onto the shoot with the write.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Uid">The uid the shoot must have.</param>
/// <param name="Generation">The generation that was seen when it was decided.</param>
public sealed record WriteIntent(string Id, WriteKind Kind, string Uid, long Generation)
{
    /// <summary>When it was decided, by the workflow's clock.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>The newest time at which a run was known to have ended when it was decided, by the garden's clock; null if none was.</summary>
    public DateTimeOffset? RunEndedBefore { get; init; }
}
