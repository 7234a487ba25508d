using System.Net;
using System.Text.Json;
using Dualstack.GardenSimulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Dualstack.Worker.Tests;

/// <summary>A simulated garden with one dual-stack shoot, and workers for it.</summary>
public sealed class TestSite : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("dualstack-worker-");
    private GardenServer garden = null!;

    public async Task InitializeAsync()
    {
        garden = await GardenServer.StartAsync(
            new GardenServerOptions
            {
                ManifestDirectories = [Path.Combine(AppContext.BaseDirectory, "shoots")],
                Speed = 60,
                Users = [new GardenUser("member", ["*"], ["*"], ["garden-retail"])],
            });
        garden.WriteKubeconfig(Kubeconfig);
        await File.WriteAllTextAsync(
            MemberKubeconfig, garden.KubeconfigFor("member").Replace("    user:", "    namespace: garden-retail\n    user:", StringComparison.Ordinal));
    }

    public string Kubeconfig => Path.Combine(directory.FullName, "kubeconfig");

    /// <summary>Of somebody who may do everything in one project's namespace, and nothing elsewhere.</summary>
    public string MemberKubeconfig => Path.Combine(directory.FullName, "member.kubeconfig");

    public async Task DisposeAsync()
    {
        await garden.DisposeAsync();
        directory.Delete(recursive: true);
    }

    public async Task<WebApplication> StartWorkerAsync(string address, Action<WebApplicationBuilder>? configure = null, string? kubeconfig = null)
    {
        var worker = WorkerHost.Build(
            ["--address", address, "--kubeconfig", kubeconfig ?? Kubeconfig, "--health-port", "0", "--Limits:GracefulShutdown", "00:00:01"],
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            });
        await worker.StartAsync();
        return worker;
    }

    /// <summary>Waits until the worker's own report satisfies a condition.</summary>
    public static async Task<JsonElement> EventuallyAsync(WebApplication worker, HttpStatusCode code, Func<JsonElement, bool> holds)
    {
        using var http = new HttpClient { BaseAddress = new Uri(worker.Urls.Single()) };
        var deadline = DateTimeOffset.UtcNow + Patience;
        var last = "no answer";
        while (DateTimeOffset.UtcNow < deadline)
        {
            using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
            last = await answer.Content.ReadAsStringAsync();
            using var report = JsonDocument.Parse(last);
            if (answer.StatusCode == code && holds(report.RootElement))
            {
                return report.RootElement.Clone();
            }

            await Task.Delay(Pace);
        }

        throw new TimeoutException($"The worker still reports {last}");
    }
}
