namespace Dualstack.Gardener.Writes;

/// <summary>An operation that one of our intents put on a shoot.</summary>
/// <param name="IntentId">The intent.</param>
/// <param name="Operation">The annotation's value, or its beginning with an ellipsis behind.</param>
public sealed record OwnOperation(string IntentId, string Operation)
{
    /// <summary>Whether the operation that waits on a shoot is this one.</summary>
    /// <param name="pending">The operation that waits; null for none.</param>
    /// <returns>True if it has, or begins with, the noted value.</returns>
    public bool Matches(string? pending) =>
        pending is not null && (Operation.EndsWith('…') ? pending.StartsWith(Operation[..^1], StringComparison.Ordinal) : pending == Operation);
}
