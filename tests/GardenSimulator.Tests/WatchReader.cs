using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>Reads a watch event by event.</summary>
internal sealed class WatchReader : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private WatchReader(HttpResponseMessage response, StreamReader reader)
    {
        this.response = response;
        this.reader = reader;
    }

    public static async Task<WatchReader> OpenAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new WatchReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<(string Type, JsonNode Object)?> NextAsync()
    {
        var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return line is null ? null : ((string)JsonNode.Parse(line)!["type"]!, JsonNode.Parse(line)!["object"]!);
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
