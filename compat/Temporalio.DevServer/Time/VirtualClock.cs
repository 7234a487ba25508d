namespace Temporalio.DevServer.Time;

/// <summary>Wall time plus an offset that only grows.</summary>
internal sealed class VirtualClock(TimeProvider wall) : TimeProvider
{
    private long offsetTicks;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref offsetTicks));
        set => Interlocked.Exchange(ref offsetTicks, value.Ticks);
    }

    public TimeProvider Wall => wall;

    public override DateTimeOffset GetUtcNow() => wall.GetUtcNow() + Offset;

    /// <summary>Jumps forward so that the clock shows at least <paramref name="target"/>.</summary>
    public void AdvanceTo(DateTimeOffset target)
    {
        var missing = target - GetUtcNow();
        if (missing > TimeSpan.Zero)
        {
            Interlocked.Add(ref offsetTicks, missing.Ticks);
        }
    }
}
