using Dualstack.EndToEnd.Tests.Processes;

namespace Dualstack.EndToEnd.Tests.Migrations;

public sealed class DemoTests
{
    /// <summary>On a machine of its own the demo takes less than a minute; here it shares one with other tests.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(110);

    [Fact]
    public async Task Demo_TheExamples_EndAsDocumented()
    {
        var begin = TimeProvider.System.GetTimestamp();
        var cli = new Cli(new Dictionary<string, string?>
        {
            ["TEMPORAL_ADDRESS"] = null,
            ["TEMPORAL_NAMESPACE"] = null,
            ["KUBECONFIG"] = null,
            ["NO_COLOR"] = "1",
        });
        var demo = await cli.RunAsync("demo");
        Assert.True(demo.ExitCode == 0, demo.ToString());
        Assert.True(TimeProvider.System.GetElapsedTime(begin) < Limit, $"it took {TimeProvider.System.GetElapsedTime(begin)}");
        foreach (var (shoot, outcome) in new[]
        {
            ("garden-retail/shop", "Succeeded"),
            ("garden-retail/archive", "Succeeded"),
            ("garden-analytics/lake", "Succeeded"),
            ("garden-retail/billing", "Succeeded"),
            ("garden-retail/modern", "NotApplicable"),
            ("garden-retail/api-only", "NotApplicable"),
            ("garden-retail/legacy", "Blocked"),
            ("garden-retail/six", "Blocked"),
            ("garden-retail/night", "Blocked"),
        })
        {
            var row = demo.StandardOutput.Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith(shoot, StringComparison.Ordinal));
            Assert.True(row?.Contains(outcome, StringComparison.Ordinal) == true, $"{shoot} is not {outcome}: {row}\n{demo}");
        }
    }
}
