namespace Temporalio.DevServer.Grpc;

/// <summary>What a handler may know of the call besides its message.</summary>
internal sealed class GrpcCall(IReadOnlyDictionary<string, string> metadata, TimeSpan? timeout, CancellationToken cancellationToken)
{
    private readonly long started = Environment.TickCount64;

    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata;

    /// <summary>Set when the caller left or its deadline passed.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>How long a long poll may wait: the wish, but with some room before the caller's deadline.</summary>
    public TimeSpan PollBudget(TimeSpan wish)
    {
        if (timeout is not { } total)
        {
            return wish;
        }

        var remaining = total - TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
        var room = remaining > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(1) : remaining / 4;
        var budget = remaining - room;
        return budget < TimeSpan.Zero ? TimeSpan.Zero : budget < wish ? budget : wish;
    }
}
