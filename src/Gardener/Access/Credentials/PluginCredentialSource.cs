using Microsoft.Extensions.Logging;

namespace Dualstack.Gardener.Access;

/// <summary>Credentials of a plugin, kept until shortly before they expire, or until the server refuses them.</summary>
internal sealed class PluginCredentialSource(PluginRunner runner, TimeProvider time, ILogger logger) : ICredentialSource, IDisposable
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PauseAfterRejection = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim gate = new(1);
    private PluginCredentials? current;
    private DateTimeOffset refreshAt;
    private DateTimeOffset rejectedAt = DateTimeOffset.MinValue;

    public async ValueTask<RequestCredentials> GetAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current is null || time.GetUtcNow() >= refreshAt)
            {
                await RefreshAsync(cancellationToken);
            }

            return current!.Credentials;
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask<bool> RejectAsync(RequestCredentials rejected, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current is not null && current.Credentials != rejected)
            {
                return true;
            }

            // A plugin whose credentials are refused must not be run for every single request.
            var now = time.GetUtcNow();
            if (now - rejectedAt < PauseAfterRejection)
            {
                return false;
            }

            rejectedAt = now;
            current = null;
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            current = await runner.RunAsync(cancellationToken);
            var now = time.GetUtcNow();
            logger.LogDebug("Credential plugin {Plugin} gave credentials that expire {Expires}", runner.Name, current.Expires);
            refreshAt = current.Expires is { } expires ? expires - Margin(expires - now) : DateTimeOffset.MaxValue;
        }
        catch (GardenAccessException e) when (current?.Expires > time.GetUtcNow())
        {
            logger.LogWarning("The credentials at hand are used on: {Reason}", e.Message);
            refreshAt = time.GetUtcNow() + PauseAfterFailure;
        }
    }

    private static TimeSpan Margin(TimeSpan lifetime) =>
        TimeSpan.FromTicks(Math.Clamp(lifetime.Ticks / 5, 0, LongestMargin.Ticks));
}
