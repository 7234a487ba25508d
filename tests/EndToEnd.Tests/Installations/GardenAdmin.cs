using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>The garden as its administrator and its saboteur see it: plain HTTPS with what the kubeconfig says.</summary>
public sealed class GardenAdmin : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly X509Certificate2 authority;
    private readonly SocketsHttpHandler handler;
    private readonly HttpClient http;

    public GardenAdmin(string kubeconfig)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(kubeconfig));
        var root = yaml.Documents[0].RootNode;
        var cluster = root["clusters"][0]["cluster"];
        authority = X509Certificate2.CreateFromPem(
            Encoding.UTF8.GetString(Convert.FromBase64String(cluster["certificate-authority-data"].ToString())));
        handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        http = new HttpClient(handler)
        {
            BaseAddress = new Uri(cluster["server"].ToString().TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(20),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", root["users"][0]["user"]["token"].ToString());
    }

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync(string? shoot = null) =>
        await http.GetFromJsonAsync<List<AuditRecord>>($"simulator/audit{(shoot is null ? string.Empty : $"?shoot={shoot}")}", Web) ?? [];

    /// <summary>Writes on the shoot itself that the garden's state holds, without dry-runs.</summary>
    public async Task<IReadOnlyList<AuditRecord>> WritesAsync(string shoot) =>
        [.. (await AuditAsync(shoot)).Where(record => record is { Committed: true, DryRun: false, Verb: "patch" or "update" })];

    /// <summary>Arms a fault, and returns the number by which it can be taken back.</summary>
    public async Task<long> ArmAsync(string kind, string? shoot, string? bodyContains = null, int times = 1, int? code = null, string? verb = null, string? resource = null, string? @namespace = null, string? state = null)
    {
        using var answer = await http.PostAsJsonAsync(
            "simulator/faults", new { kind, shoot, bodyContains, times, code, verb, resource, @namespace, state }, Web);
        return (await ReadAsync(answer))["id"]!.GetValue<long>();
    }

    public async Task DisarmAsync(long fault)
    {
        using var answer = await http.DeleteAsync(new Uri($"simulator/faults/{fault}", UriKind.Relative));
        await ReadAsync(answer);
    }

    public async Task DisarmAllAsync()
    {
        using var answer = await http.DeleteAsync(new Uri("simulator/faults", UriKind.Relative));
        await ReadAsync(answer);
    }

    /// <summary>Replaces the nodes of all pools, or of some, as a person would who goes at the machines.</summary>
    public Task RollAsync(string @namespace, string shoot, params string[] pools) =>
        PostAsync($"simulator/shoots/{@namespace}/{shoot}/roll", pools.Length == 0 ? null : new { pools });

    /// <summary>Deletes the shoot and creates it again under the same name; returns the new uid.</summary>
    public async Task<string> RecreateAsync(string @namespace, string shoot) =>
        (await PostAsync($"simulator/shoots/{@namespace}/{shoot}/recreate", null))["uid"]!.GetValue<string>();

    public async Task VanishAsync(string @namespace, string shoot)
    {
        using var answer = await http.DeleteAsync(new Uri($"simulator/shoots/{@namespace}/{shoot}", UriKind.Relative));
        await ReadAsync(answer);
    }

    public async Task<JsonNode> ShootAsync(string @namespace, string shoot)
    {
        using var answer = await http.GetAsync(new Uri(ShootPath(@namespace, shoot), UriKind.Relative));
        return await ReadAsync(answer);
    }

    /// <summary>Nodes of the shoot as the garden's inner state has them: how many there are, and how many have two pod ranges.</summary>
    public async Task<JsonNode> StateAsync(string @namespace, string shoot)
    {
        using var answer = await http.GetAsync(new Uri($"simulator/shoots/{@namespace}/{shoot}", UriKind.Relative));
        return await ReadAsync(answer);
    }

    public async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("healthz", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
        authority.Dispose();
    }

    private static string ShootPath(string @namespace, string shoot) => $"apis/core.gardener.cloud/v1beta1/namespaces/{@namespace}/shoots/{shoot}";

    private async Task<JsonNode> PostAsync(string path, object? body)
    {
        using var content = body is null ? null : JsonContent.Create(body, options: Web);
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await ReadAsync(answer);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
