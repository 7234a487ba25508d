using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.EndToEnd.Tests.Processes;

namespace Dualstack.EndToEnd.Tests.Migrations;

public sealed class DemoTests
{
    /// <summary>Guards against a demo that hangs; how long it takes is nothing that a machine shared with other tests could tell.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(210);

    private static Cli Cli => new(new Dictionary<string, string?>
    {
        ["TEMPORAL_ADDRESS"] = null,
        ["TEMPORAL_NAMESPACE"] = null,
        ["KUBECONFIG"] = null,
        ["NO_COLOR"] = "1",
    })
    {
        Patience = Patience,
    };

    [Fact]
    public async Task Demo_TheExamples_EndAsDocumented()
    {
        var demo = await Cli.RunAsync("demo");
        Assert.True(demo.ExitCode == 0, demo.ToString());
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

    [Fact]
    public async Task Demo_Kept_LeavesItsServersUpAtItsSpeedUntilInterrupted()
    {
        var directory = Directory.CreateTempSubdirectory("dualstack-demo-shoots-").FullName;
        try
        {
            Shoots.Copy(directory, "dual-stack.yaml");
            await using var demo = Cli.Start("demo", "--shoots", directory, "--keep", "--speed", "3600");
            var variables = (await demo.WaitForLineAsync("export TEMPORAL_ADDRESS=", Patience)).Split(' ')[1..]
                .Select(assignment => assignment.Split('=', 2))
                .ToDictionary(pair => pair[0], string? (pair) => pair[1]);
            Assert.Contains("NotApplicable", demo.Output, StringComparison.Ordinal);
            Assert.False(demo.HasExited);
            var list = await new Cli(variables).RunAsync("list");
            Assert.True(list.ExitCode == 0, list.ToString());
            Assert.Contains("garden-retail/modern", list.StandardOutput, StringComparison.Ordinal);

            // Gardener's hourly runs, which at the standard speed would come every half minute.
            using var garden = new GardenAdmin(await File.ReadAllTextAsync(variables["KUBECONFIG"]!));
            await Eventually.BecomesAsync(
                async () => (await garden.StateAsync(Shoots.Namespace, "modern"))["runCount"]!.GetValue<long>(), runs => runs >= 4);

            Assert.Equal(0, await demo.InterruptAsync());
            Assert.False(File.Exists(variables["KUBECONFIG"]), "its data is still there");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
