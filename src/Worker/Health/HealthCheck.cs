using Dualstack.Worker.Configuration;

namespace Dualstack.Worker.Health;

/// <summary>Asks the worker that runs on this machine whether it is ready, for containers without a shell.</summary>
internal static class HealthCheck
{
    public static async Task<int> RunAsync(HealthSettings settings, TextWriter output, TextWriter error)
    {
        if (settings.Port == 0)
        {
            await error.WriteLineAsync("The health check needs the worker's port; set it with --health-port.");
            return 2;
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{settings.Port}{HealthEndpoints.Ready}"));
            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await error.WriteLineAsync($"No worker answers on port {settings.Port} of this machine.");
            return 1;
        }
    }
}
