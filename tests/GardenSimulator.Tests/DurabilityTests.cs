using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>What the garden has acknowledged survives.</summary>
public class DurabilityTests
{
    [Fact]
    public async Task Restart_ContinuesWhereItStopped()
    {
        var data = Directory.CreateTempSubdirectory("garden-data");
        try
        {
            string? version;
            string kubeconfig;
            var now = new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
            await using (var garden = await TestGarden.StartAsync(with: options => options with { DataDirectory = data.FullName }))
            {
                await garden.FaultAsync("""{"kind":"singleStackNodes","times":0}""");
                await garden.DualStackAsync();
                garden.Time.Advance(TimeSpan.FromMinutes(1));
                var shoot = await garden.GetAsync();
                Assert.Equal("Processing", shoot.State());
                version = (string?)shoot["metadata"]!["resourceVersion"];
                kubeconfig = garden.Server.Kubeconfig;
            }

            await using (var garden = await TestGarden.StartAsync(Manifest.Aws(families: "[IPv4]", overlay: "overlay: {enabled: true}"), options => options with { DataDirectory = data.FullName }))
            {
                Assert.Equal(kubeconfig.Split("token: ")[1], garden.Server.Kubeconfig.Split("token: ")[1]);
                Assert.Equal(kubeconfig.Split('\n')[5], garden.Server.Kubeconfig.Split('\n')[5]);
                var shoot = await garden.GetAsync();
                Assert.Equal(version, (string?)shoot["metadata"]!["resourceVersion"]);
                Assert.Equal(["IPv4", "IPv6"], shoot["spec"]!["networking"]!["ipFamilies"].Texts());
                Assert.Equal("Progressing", (await garden.SettleAsync()).Nodes());
                Assert.True(long.Parse((string)(await garden.GetAsync())["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture) > long.Parse(version!, CultureInfo.InvariantCulture));
                Assert.Single((await garden.GetAsync("/simulator/audit")).AsArray());
                Assert.Single((await garden.GetAsync("/simulator/faults")).AsArray());
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Kill_RightAfterTheAnswer_LosesNothing()
    {
        var data = Directory.CreateTempSubdirectory("garden-data");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(data.FullName, "shoots.yaml"), Manifest.Aws());
            for (var round = 1; round <= 3; round++)
            {
                using var process = await GardenProcess.StartAsync(data.FullName);
                using var client = process.Client();
                using var body = new StringContent(
                    new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [$"round-{round}"] = "done" } } }.ToJsonString(), null, "application/merge-patch+json");
                using var answer = await client.PatchAsync($"{TestGarden.Shoots}/shop", body);
                answer.EnsureSuccessStatusCode();
                process.Kill();
            }

            using var last = await GardenProcess.StartAsync(data.FullName);
            using var reader = last.Client();
            var labels = JsonNode.Parse(await reader.GetStringAsync($"{TestGarden.Shoots}/shop"))!["metadata"]!["labels"]!;
            Assert.All(Enumerable.Range(1, 3), round => Assert.Equal("done", (string?)labels[$"round-{round}"]));
            Assert.Equal(3, JsonNode.Parse(await reader.GetStringAsync("/simulator/audit"))!.AsArray().Count);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SecondGarden_OnTheSameData_IsRefusedWithTheReason()
    {
        var data = Directory.CreateTempSubdirectory("garden-data");
        try
        {
            await using var first = await TestGarden.StartAsync(with: options => options with { DataDirectory = data.FullName });
            var refused = await Assert.ThrowsAsync<IOException>(() => TestGarden.StartAsync(with: options => options with { DataDirectory = data.FullName }));
            Assert.Contains("another garden uses this data directory", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>The garden as a process of its own.</summary>
    private sealed class GardenProcess : IDisposable
    {
        private readonly Process process;
        private readonly string data;

        private GardenProcess(Process process, string data)
        {
            this.process = process;
            this.data = data;
        }

        public static async Task<GardenProcess> StartAsync(string data)
        {
            var kubeconfig = Path.Combine(data, "kubeconfig");
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in new[] { typeof(GardenServer).Assembly.Location, "--data", data, "--shoots", data, "--kubeconfig", kubeconfig })
            {
                start.ArgumentList.Add(argument);
            }

            var process = Process.Start(start)!;
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.StartsWith("garden sim at https://127.0.0.1:", line, StringComparison.Ordinal);
            return new GardenProcess(process, data);
        }

        public HttpClient Client()
        {
            var kubeconfig = File.ReadAllText(Path.Combine(data, "kubeconfig"));
            var client = TestGarden.Trusting(File.ReadAllText(Path.Combine(data, "ca.crt")), null);
            client.BaseAddress = new Uri(kubeconfig.Split("server: ")[1].Split('\n')[0]);
            client.DefaultRequestHeaders.Authorization = new("Bearer", kubeconfig.Split("token: ")[1].Trim());
            return client;
        }

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                Kill();
            }

            process.Dispose();
        }
    }
}
