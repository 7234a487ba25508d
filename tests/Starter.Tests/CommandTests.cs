using System.Text.Json;

namespace Dualstack.Starter.Tests;

public sealed class CommandTests(Site site) : IClassFixture<Site>
{
    private readonly string name = $"test-{Guid.NewGuid():N}";

    private Cli Cli => site.Cli.With("TEMPORAL_NAMESPACE", name);

    [Fact]
    public async Task Migrate_NamespaceMissing_NamesTheCommandThatCreatesIt() =>
        (await Cli.RunAsync("migrate", "garden-retail/shop")).IsRefused(1, name, "dualstack setup");

    [Theory]
    [InlineData("status", "garden-retail/shop")]
    [InlineData("status", "garden-retail/shop", "--garden", "sim")]
    [InlineData("nodes", "done", "garden-retail/shop", "--garden", "sim", "--reason", "x")]
    [InlineData("nodes", "done", "garden-retail/shop", "--reason", "x")]
    [InlineData("cancel", "garden-retail/shop", "--garden", "sim", "--reason", "x")]
    [InlineData("pause", "garden-retail/shop", "--garden", "sim", "--reason", "x")]
    public async Task Command_NamespaceMissing_WasToldAsAMissingMigration(params string[] arguments) =>
        (await Cli.RunAsync(arguments)).IsRefused(1, name, "dualstack setup");

    [Theory]
    [InlineData("cancel", "garden-retail/night", "--reason", "x")]
    [InlineData("nodes", "done", "garden-retail/night", "--reason", "x")]
    public async Task Command_MigrationNeverStarted_WasSaidToHaveEnded(params string[] arguments)
    {
        (await Cli.RunAsync("setup")).Succeeds();
        var result = await Cli.RunAsync(arguments);
        result.IsRefused(5, "garden-retail/night", "dualstack migrate");
        Assert.DoesNotContain("ended", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_DryRun_ShowsTheChangeAndStartsNothing()
    {
        (await Cli.RunAsync("setup")).Succeeds();
        var free = await Cli.RunAsync("migrate", "garden-retail/shop", "--dry-run");
        free.Succeeds();
        Assert.Contains("spec.networking.ipFamilies: [IPv4] → [IPv4, IPv6]", free.Output, StringComparison.Ordinal);

        var blocked = await Cli.RunAsync("migrate", "garden-retail/legacy", "--dry-run", "-o", "json");
        Assert.True(blocked.ExitCode == 3, blocked.ToString());
        using (var json = JsonDocument.Parse(blocked.Output))
        {
            Assert.Equal("OverlayNetwork", json.RootElement.GetProperty("blocked").GetProperty("code").GetString());
            Assert.False(json.RootElement.TryGetProperty("change", out _));
        }

        Assert.Equal(5, (await Cli.RunAsync("status", "garden-retail/shop")).ExitCode);
        Assert.Empty(await site.WritesAsync());
    }

    [Fact]
    public async Task List_ColourAndHeaders_AreAsAskedFor()
    {
        (await Cli.RunAsync("setup")).Succeeds();
        (await Cli.RunAsync("migrate", "garden-retail/shop")).Succeeds();

        var plain = await Cli.RunAsync("list", "--no-headers");
        plain.Succeeds();
        Assert.DoesNotContain("\u001b", plain.Output, StringComparison.Ordinal);
        Assert.Contains("▶ Running", Assert.Single(plain.Output.Trim().Split('\n')), StringComparison.Ordinal);

        var coloured = await Cli.RunAsync("list", "--color", "always");
        coloured.Succeeds();
        Assert.Matches("\u001b\\[[0-9;]+m▶ Running", coloured.Output);
    }

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
    public async Task Doctor_RightsInOneProjectOnly_DidNotSayWhatTheObserverFollows()
    {
        (await Cli.RunAsync("setup")).Succeeds();
        var doctor = await Cli.With("KUBECONFIG", site.Kubeconfig("member", "garden-retail")).RunAsync("doctor");
        Assert.Contains("follows namespace garden-retail only", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("DUALSTACK_Garden__Namespaces__0", doctor.Output, StringComparison.Ordinal);
        var admin = await Cli.RunAsync("doctor");
        Assert.Contains("follows all namespaces", admin.Output, StringComparison.Ordinal);
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
