using Microsoft.Extensions.Hosting;

namespace OpenTelemetry.Internal;

internal sealed class TelemetryHostedService(ITelemetryHostInitializer initializer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        initializer.Initialize();
        return Task.CompletedTask;
    }

    // Providers flush when the container disposes them.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
