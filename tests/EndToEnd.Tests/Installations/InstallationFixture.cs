namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>One installation for the tests of one class.</summary>
public abstract class InstallationFixture(InstallationOptions options) : IAsyncLifetime
{
    private Installation? site;

    public Installation Site => site!;

    public virtual async Task InitializeAsync() => site = await Installation.StartAsync(options);

    public async Task DisposeAsync()
    {
        if (site is not null)
        {
            await site.DisposeAsync();
        }
    }
}
