namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>One installation for all classes whose tests leave its processes alone. It starts with the first of them and ends with the last.</summary>
public sealed class CommonInstallation : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static Installation? common;
    private static int users;

    public Installation Site => common!;

    public async Task InitializeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            common ??= await Installation.StartAsync(new InstallationOptions
            {
                Speed = 600,
                Shoots = directory =>
                {
                    Shoots.Write(directory, "shop", "approved", "idle", "secret", "locked");
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
            if (--users == 0 && common is { } site)
            {
                common = null;
                await site.DisposeAsync();
            }
        }
        finally
        {
            Gate.Release();
        }
    }
}
