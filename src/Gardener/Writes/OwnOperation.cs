namespace Dualstack.Gardener.Writes;

/// <summary>An operation that one of our intents put on a shoot.</summary>
/// <param name="IntentId">The intent.</param>
/// <param name="Operation">The annotation's value.</param>
public sealed record OwnOperation(string IntentId, string Operation);
