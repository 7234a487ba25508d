using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>A garden whose clock the test moves, and a client of it.</summary>
internal sealed class TestGarden : IAsyncDisposable
{
    public const string Space = "garden-retail";
    public const string Shoots = "/apis/core.gardener.cloud/v1beta1/namespaces/garden-retail/shoots";
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("garden");

    private TestGarden(FakeTimeProvider time) => Time = time;

    public FakeTimeProvider Time { get; }

    public GardenServer Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public static async Task<TestGarden> StartAsync(string? manifest = null, Func<GardenServerOptions, GardenServerOptions>? with = null)
    {
        var garden = new TestGarden(new FakeTimeProvider(Start));
        await File.WriteAllTextAsync(Path.Combine(garden.directory.FullName, "shoots.yaml"), manifest ?? Manifest.Aws());
        var options = new GardenServerOptions { ManifestDirectories = [garden.directory.FullName], TimeProvider = garden.Time };
        garden.Server = await GardenServer.StartAsync(with is null ? options : with(options));
        garden.Client = ClientOf(garden.Server, "admin");
        return garden;
    }

    public static HttpClient ClientOf(GardenServer server, string user)
    {
        var kubeconfig = server.KubeconfigFor(user);
        var token = kubeconfig.Split("token: ")[1].Trim();
        var client = Trusting(server.CertificateAuthorityPem, null);
        client.BaseAddress = server.BaseAddress;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static HttpClient Trusting(string authorityPem, X509Certificate2? certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authorityPem));
        var ssl = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (certificate is not null)
        {
            ssl.ClientCertificates = [certificate];
        }

        return new HttpClient(new SocketsHttpHandler { SslOptions = ssl });
    }

    public async Task<JsonNode> GetAsync(string path = $"{Shoots}/shop") => await ReadAsync(await Client.GetAsync(path));

    public Task<JsonNode> PatchAsync(string body, string path = $"{Shoots}/shop", string type = "application/merge-patch+json") => SendAsync(HttpMethod.Patch, path, body, type);

    public Task<JsonNode> AnnotateAsync(string value, string name = "shop") =>
        PatchAsync(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["gardener.cloud/operation"] = value } } }.ToJsonString(), $"{Shoots}/{name}");

    public Task<JsonNode> DualStackAsync(string name = "shop") => PatchAsync("""{"spec":{"networking":{"ipFamilies":["IPv4","IPv6"]}}}""", $"{Shoots}/{name}");

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, string body, string type = "application/json")
    {
        using var response = await RawAsync(method, path, body, type);
        return await ReadAsync(response);
    }

    public async Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await Client.SendAsync(request);
    }

    public Task<JsonNode> FaultAsync(string body) => SendAsync(HttpMethod.Post, "/simulator/faults", body);

    /// <summary>Moves the clock on until the shoot's present generation has been reconciled, and returns the shoot.</summary>
    public async Task<JsonNode> SettleAsync(string name = "shop", string state = "Succeeded")
    {
        for (var i = 0; i < 2000; i++)
        {
            var shoot = await GetAsync($"{Shoots}/{name}");
            if (shoot["status"]!["observedGeneration"]?.GetValue<long>() == shoot["metadata"]!["generation"]!.GetValue<long>()
                && (string?)shoot["status"]!["lastOperation"]?["state"] == state)
            {
                return shoot;
            }

            Time.Advance(TimeSpan.FromSeconds(5));
        }

        throw new TimeoutException($"shoot {name} did not become {state}: {(await GetAsync($"{Shoots}/{name}"))["status"]!["lastOperation"]}");
    }

    public async Task<JsonNode> ReconcileAsync(string name = "shop")
    {
        await AnnotateAsync("reconcile", name);
        return await SettleAsync(name);
    }

    public async Task<List<int>> NodeFamiliesAsync(string? pool = null, string name = "shop") =>
        [.. (await GetAsync($"/simulator/shoots/{Space}/{name}"))["nodes"]!.AsArray()
            .Where(node => pool is null || (string?)node!["pool"] == pool)
            .Select(node => node!["podCidrs"]!.AsArray().Count)];

    public Task<JsonNode> InsideAsync(string name = "shop") => GetAsync($"/simulator/shoots/{Space}/{name}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var node = JsonNode.Parse(text)!;
        if (node is JsonObject && response.StatusCode >= HttpStatusCode.BadRequest)
        {
            node["httpStatus"] = (int)response.StatusCode;
        }

        return node;
    }
}
