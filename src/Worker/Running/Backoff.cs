namespace Dualstack.Worker.Running;

/// <summary>Pauses that double, with jitter, so that many workers do not come back at once.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private TimeSpan next = First;

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(next * (0.75 + (Random.Shared.NextDouble() / 2)), time, cancellationToken);
        next = next * 2 < Longest ? next * 2 : Longest;
    }

    public void Reset() => next = First;
}
