namespace Temporalio.Worker.Hosting;

/// <summary>Spaces starts evenly.</summary>
internal sealed class RateLimit(double perSecond)
{
    private readonly TimeSpan spacing = TimeSpan.FromSeconds(1 / perSecond);
    private readonly Lock gate = new();
    private DateTime next = DateTime.MinValue;

    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = DateTime.UtcNow;
            var turn = next > now ? next : now;
            next = turn + spacing;
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, cancellationToken) : Task.CompletedTask;
    }
}
