namespace Dualstack.Gardener.Access;

/// <summary>What time a server says it is, by the <c>Date</c> of its newest answer.</summary>
/// <param name="time">This machine's clock.</param>
public sealed class ServerClock(TimeProvider time)
{
    private long offsetTicks;
    private int isKnown;

    /// <summary>How far the server's clock is ahead of this machine's, to the second; null before the first answer.</summary>
    public TimeSpan? Offset => Volatile.Read(ref isKnown) == 0 ? null : TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <summary>Gives the server's time; this machine's before the first answer.</summary>
    /// <returns>The time.</returns>
    public DateTimeOffset GetUtcNow() => time.GetUtcNow() + (Offset ?? TimeSpan.Zero);

    internal void Note(DateTimeOffset date)
    {
        Interlocked.Exchange(ref offsetTicks, (date - time.GetUtcNow()).Ticks);
        Volatile.Write(ref isKnown, 1);
    }
}
