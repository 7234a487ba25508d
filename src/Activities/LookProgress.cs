namespace Dualstack.Activities;

/// <summary>Heartbeat details of activities that look again and again; Temporal shows them, and hands them to the next attempt.</summary>
/// <param name="Done">How many are done.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Misses">How many looks in a row saw nothing.</param>
/// <param name="Silences">How many attempts in a row the garden did not answer.</param>
/// <param name="Generation">The generation of the shoot in the last look, where it must stay the same; else 0.</param>
public sealed record LookProgress(int Done, int Total, int Misses, int Silences = 0, long Generation = 0);
