using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.GardenSimulator;
using Microsoft.Extensions.Time.Testing;

namespace Dualstack.Gardener.Tests;

/// <summary>A simulated garden with the example shoots, on a clock that stands still until it is advanced.</summary>
internal sealed class TestGarden : IAsyncDisposable
{
    public static readonly ShootKey Shop = new("garden-retail", "shop");

    private readonly GardenServer server;
    private readonly GardenConnection connection;
    private readonly HttpClient http;

    private TestGarden(GardenServer server, FakeTimeProvider time)
    {
        this.server = server;
        Time = time;
        connection = Connect("admin");
        Client = new GardenClient(connection.Kubernetes);
        Access = new ShootAccess(connection.Kubernetes, new ShootAccessOptions { ReadRetries = 0, TimeProvider = time });
        http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true })
        {
            BaseAddress = server.BaseAddress,
        };
    }

    public FakeTimeProvider Time { get; }

    public GardenClient Client { get; }

    public ShootAccess Access { get; }

    /// <param name="gardenerVersion">Whose behaviour is simulated.</param>
    /// <param name="shopNodes">Nodes of each pool of the shoot <see cref="Shop"/>.</param>
    public static async Task<TestGarden> StartAsync(string gardenerVersion = "v1.149.3", int shopNodes = 2)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var examples = Path.Combine(Repository(), "examples", "shoots");
        var manifests = Directory.CreateTempSubdirectory("dualstack-").FullName;
        foreach (var file in Directory.EnumerateFiles(examples))
        {
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(
                Path.Combine(manifests, Path.GetFileName(file)),
                text.Replace("minimum: 2\n      maximum: 4", $"minimum: {shopNodes}\n      maximum: {Math.Max(4, shopNodes)}", StringComparison.Ordinal)
                    .Replace("begin: \"220000+0100\", end: \"230000+0100\"", WindowFarFrom(time), StringComparison.Ordinal));
        }

        var server = await GardenServer.StartAsync(new GardenServerOptions
        {
            ManifestDirectories = [manifests],
            GardenerVersion = gardenerVersion,
            DnsTaskOrder = DnsTaskOrder.CheckFirst,
            TimeProvider = time,
        });
        Directory.Delete(manifests, recursive: true);
        return new TestGarden(server, time);
    }

    public GardenConnection Connect(string user) => GardenConnection.Open(new GardenConnectionOptions
    {
        KubeconfigContent = server.KubeconfigFor(user),
        RequestsPerSecond = 0,
        ReadRetries = 0,
    });

    public async Task<Shoot> ShootAsync(ShootKey key) => (await Client.GetAsync(key, CancellationToken.None)).Shoot;

    public async Task<ShootIdentity> IdentityAsync(ShootKey key) => new(key, (await ShootAsync(key)).Uid, "sim");

    public Task ArmAsync(object fault) => PostAsync("simulator/faults", fault);

    public Task DisarmAsync() => http.DeleteAsync(new Uri("simulator/faults", UriKind.Relative));

    /// <summary>A person replaces all nodes by hand.</summary>
    public Task RollByHandAsync(ShootKey key) => PostAsync($"simulator/shoots/{key}/roll", new { });

    public Task RecreateAsync(ShootKey key) => PostAsync($"simulator/shoots/{key}/recreate", new { });

    /// <summary>What somebody else does to a shoot.</summary>
    public Task PatchAsync(ShootKey key, JsonObject patch) => Client.PatchAsync(key, patch, dryRun: false, CancellationToken.None);

    public Task AnnotateAsync(ShootKey key, string name, string? value) => PatchAsync(
        key, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [name] = value } } });

    /// <summary>Bodies of the writes to a shoot that the garden has kept, without those of <see cref="PatchAsync"/> above.</summary>
    public async Task<IReadOnlyList<JsonElement>> CommittedAsync(ShootKey key, string mentioning)
    {
        var audit = await http.GetFromJsonAsync<JsonElement>(
            new Uri($"simulator/audit?namespace={key.Namespace}&shoot={key.Name}&committed=true", UriKind.Relative));
        return [.. audit.EnumerateArray().Where(entry =>
            entry.TryGetProperty("body", out var body) && body.GetRawText().Contains(mentioning, StringComparison.Ordinal))];
    }

    /// <summary>Lets time pass until something is true of a shoot.</summary>
    public async Task<Shoot> PassUntilAsync(ShootKey key, Func<Shoot, bool> reached)
    {
        for (var step = 0; step < 600; step++)
        {
            if (await ShootAsync(key) is var shoot && reached(shoot))
            {
                return shoot;
            }

            Time.Advance(TimeSpan.FromSeconds(10));
        }

        throw new TimeoutException($"Shoot {key} did not get there in 100 minutes of its time; last operation: {(await ShootAsync(key)).LastOperation}.");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Access.Dispose();
        connection.Dispose();
        await server.DisposeAsync();
    }

    // Certificates tie the garden's clock to the real one, and maintenance must not interfere at some hours of the day.
    private static string WindowFarFrom(FakeTimeProvider time)
    {
        var begin = time.GetUtcNow().AddHours(12);
        return string.Create(CultureInfo.InvariantCulture, $"begin: \"{begin:HHmmss}+0000\", end: \"{begin.AddHours(1):HHmmss}+0000\"");
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Temporal.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside of the repository.");
        }

        return directory.FullName;
    }

    private async Task PostAsync(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }
}
