using System.Text.Json;

namespace Dualstack.Starter.Tests;

/// <summary>On a server of its own, because search attributes may be common to all namespaces of a server.</summary>
public sealed class SetupTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Setup_FreshServer_AddsWhatMigrationsLackedAndThenChangesNothing()
    {
        var tooEarly = await site.Cli.RunAsync("migrate", "garden-retail/shop");
        tooEarly.IsRefused(1, "DualstackGarden", "dualstack setup");

        var cli = site.Cli.With("TEMPORAL_NAMESPACE", "migrations");
        var first = await cli.RunAsync("setup", "--retention", "45d", "-o", "json");
        var second = await cli.RunAsync("setup", "-o", "json");
        first.Succeeds();
        second.Succeeds();
        Assert.Equal(8, Changes(first).Count(changed => changed));
        Assert.DoesNotContain(true, Changes(second));

        var doctor = await cli.RunAsync("doctor");
        Assert.Contains("45 days", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("nobody takes tasks", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(1, doctor.ExitCode);
    }

    private static IReadOnlyList<bool> Changes(CliResult result)
    {
        using var json = JsonDocument.Parse(result.Output);
        return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("changed").GetBoolean())];
    }
}
