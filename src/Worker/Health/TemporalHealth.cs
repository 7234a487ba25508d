using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Worker.Health;

/// <summary>Whether Temporal answers; asked at most once in two seconds, however often probes come.</summary>
internal sealed class TemporalHealth(ITemporalClient client, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim gate = new(1);
    private DateTimeOffset askedAt = DateTimeOffset.MinValue;
    private bool answered;

    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - askedAt > Fresh)
            {
                answered = await AskAsync();
                askedAt = time.GetUtcNow();
            }

            return answered;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<bool> AskAsync()
    {
        try
        {
            return client.Connection.IsConnected
                && await client.Connection.CheckHealthAsync(options: new RpcOptions { Timeout = TimeSpan.FromSeconds(2), Retry = false });
        }
        catch (Exception e) when (e is TemporalException or InvalidOperationException or OperationCanceledException)
        {
            return false;
        }
    }
}
