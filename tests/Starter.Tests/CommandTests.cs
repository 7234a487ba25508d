using System.Text.Json;

namespace Dualstack.Starter.Tests;

public sealed class CommandTests(Site site) : IClassFixture<Site>
{
    private readonly string name = $"test-{Guid.NewGuid():N}";

    private Cli Cli => site.Cli.With("TEMPORAL_NAMESPACE", name);

    [Fact]
    public async Task Migrate_NamespaceMissing_NamesTheCommandThatCreatesIt() =>
        (await Cli.RunAsync("migrate", "garden-retail/shop")).IsRefused(1, name, "dualstack setup");

    [Fact]
    public async Task Migrate_UnknownContext_NamesTheOnesThereAre() =>
        (await Cli.RunAsync("migrate", "garden-retail/shop", "--context", "elsewhere")).IsRefused(2, "elsewhere", "sim");

    [Fact]
    public async Task Migrate_AnotherGarden_IsRefusedBeforeAnythingIsSent() =>
        (await Cli.RunAsync("migrate", "garden-retail/shop", "--garden", "elsewhere")).IsRefused(2, "sim", "elsewhere");

    [Fact]
    public async Task Commands_NoWorkerRuns_KeepWhatTheyAreToldAndSaySo()
    {
        (await Cli.RunAsync("setup")).Succeeds();
        var first = await Cli.RunAsync("migrate", "garden-retail/shop");
        first.Succeeds();
        Assert.Contains("no worker", first.Error, StringComparison.Ordinal);
        var again = await Cli.RunAsync("migrate", "garden-retail/shop");
        again.Succeeds();
        Assert.Contains("already running", again.Error, StringComparison.Ordinal);

        var status = await Cli.RunAsync("status", "garden-retail/shop", "-o", "json");
        Assert.True(status.ExitCode == 8, status.ToString());
        using (var view = JsonDocument.Parse(status.Output))
        {
            Assert.False(view.RootElement.GetProperty("workerAnswered").GetBoolean());
            Assert.Equal("Preflight", view.RootElement.GetProperty("stage").GetString());
            Assert.Equal("shoot/sim/garden-retail/shop", view.RootElement.GetProperty("workflowId").GetString());
        }

        var done = await Cli.RunAsync("nodes", "done", "garden-retail/shop", "--reason", "all new");
        done.Succeeds();
        Assert.Contains("recorded, will be checked when a worker runs", done.Output, StringComparison.Ordinal);

        var list = await Cli.RunAsync("list", "--project", "garden-retail", "-o", "json");
        list.Succeeds();
        using var listed = JsonDocument.Parse(list.Output);
        Assert.Equal("shop", Assert.Single(listed.RootElement.GetProperty("items").EnumerateArray().ToList()).GetProperty("shoot").GetProperty("name").GetString());

        // Without a kubeconfig the migration is found by Temporal's records alone.
        var home = await new Cli().With("TEMPORAL_ADDRESS", site.Address).With("TEMPORAL_NAMESPACE", name).RunAsync("status", "garden-retail/shop");
        Assert.True(home.ExitCode == 8, home.ToString());
    }

    [Fact]
    public async Task Doctor_ViewerInTheGarden_NamesTheMissingRights()
    {
        (await Cli.RunAsync("setup")).Succeeds();
        var doctor = await Cli.With("KUBECONFIG", site.Kubeconfig("viewer")).RunAsync("doctor");
        Assert.True(doctor.ExitCode == 4, doctor.ToString());
        Assert.Contains("patch shoots", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("create shoots/viewerkubeconfig", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_MarksOfAMigrationThatWasTerminated_NamesTheCommandThatRemovesThem()
    {
        (await Cli.RunAsync("setup")).Succeeds();
        await site.MarkAsync("garden-retail", "archive");

        var doctor = await Cli.RunAsync("doctor");

        Assert.Contains("marks garden-retail/archive", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("kubectl -n garden-retail patch shoot archive --type merge", doctor.Output, StringComparison.Ordinal);
    }
}
