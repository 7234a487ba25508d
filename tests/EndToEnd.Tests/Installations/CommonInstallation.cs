using Dualstack.EndToEnd.Tests.Telemetry;

namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>One installation for all classes whose tests leave its processes alone. It starts with the first of them and ends with the last.</summary>
public sealed class CommonInstallation : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static Installation? common;
    private static OtlpReceiver? collector;
    private static int users;

    public Installation Site => common!;

    /// <summary>Where its worker and its command line send their telemetry.</summary>
    public OtlpReceiver Collector => collector!;

    public async Task InitializeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            collector ??= new OtlpReceiver();
            common ??= await Installation.StartAsync(new InstallationOptions
            {
                Speed = 600,
                Variables = collector.Variables,
                Shoots = directory =>
                {
                    Shoots.Write(directory, "shop", "approved", "idle", "secret", "locked", "steered", "partly", "printed", "repeated", "traced", "awaited");
                    Shoots.Copy(directory, "overlay.yaml");
                },
            });
            users++;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async Task DisposeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (--users == 0 && (common, collector) is ({ } site, { } receiver))
            {
                (common, collector) = (null, null);
                await site.DisposeAsync();
                await receiver.DisposeAsync();
            }
        }
        finally
        {
            Gate.Release();
        }
    }
}
