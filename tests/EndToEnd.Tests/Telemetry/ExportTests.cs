using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Telemetry;

/// <summary>What arrives at a collector that only the standard variables name.</summary>
public sealed class ExportTests(CommonInstallation common) : IClassFixture<CommonInstallation>
{
    [Fact]
    public async Task Migrate_TheStandardVariablesNameACollector_SendsOneTraceFromTheCommandToTheActivities()
    {
        var migrate = await common.Site.Cli.RunAsync("migrate", "garden-retail/traced");
        Assert.True(migrate.ExitCode == 0, migrate.ToString());
        await common.Site.WaitForStatusAsync("traced", status => status.WaitingFor == WaitingFor.Operator);

        var trace = await common.Site.WaitAsync(
            "one trace of the command, the workflow and its activities",
            () => Task.FromResult(TraceOfTheCommand()),
            spans => spans.Contains("dualstack-worker RunActivity:UpdateNetworking", StringComparison.Ordinal));
        Assert.Contains("dualstack-worker RunWorkflow:ShootMigrationWorkflow", trace, StringComparison.Ordinal);
        Assert.Contains("dualstack-worker RunActivity:Preflight", trace, StringComparison.Ordinal);
        await common.Site.WaitAsync("metrics", () => Task.FromResult(common.Collector.Count("/v1/metrics")), count => count > 0);
    }

    private string TraceOfTheCommand() => string.Join('\n', common.Collector.Spans
        .GroupBy(span => span.TraceId)
        .Where(spans => spans.Any(span => span is { Service: "dualstack", Name: "StartWorkflow:ShootMigrationWorkflow" }))
        .SelectMany(spans => spans)
        .Select(span => $"{span.Service} {span.Name}"));
}
