using System.Net;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Access;
using k8s;
using Microsoft.Extensions.Time.Testing;

namespace Dualstack.Gardener.Tests.Access;

public sealed class PluginTests : IDisposable
{
    private const string V1 = "client.authentication.k8s.io/v1";

    private readonly TestAuthority authority = new();
    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(V1)]
    [InlineData("client.authentication.k8s.io/v1beta1")]
    public async Task Run_ProvideClusterInfo_TellsServerAuthorityAndTheExtensionAsGardenloginNeedsThem(string version)
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script($"printf '%s' \"$KUBERNETES_EXEC_INFO\" > {folder.At("info")}\n{Token("t", version: version)}");
        var cluster = $"""
            certificate-authority-data: {authority.Base64}
            extensions:
            - name: something.else
              extension: no
            - name: client.authentication.k8s.io/exec
              extension:
                shootRef:
                  namespace: garden-retail
                  name: shop
                gardenClusterIdentity: "007"
                level: 3
                strict: true
            """;
        using var connection = Open(TestKubeconfig.For(server.Address, cluster, Exec("provideClusterInfo: true", version: version)));

        await connection.Kubernetes.Version.GetCodeAsync();

        var expected = new JsonObject
        {
            ["kind"] = "ExecCredential",
            ["apiVersion"] = version,
            ["spec"] = new JsonObject
            {
                ["interactive"] = false,
                ["cluster"] = new JsonObject
                {
                    ["server"] = server.Address.GetLeftPart(UriPartial.Authority),
                    ["certificate-authority-data"] = authority.Base64,
                    ["config"] = new JsonObject
                    {
                        ["shootRef"] = new JsonObject { ["namespace"] = "garden-retail", ["name"] = "shop" },
                        ["gardenClusterIdentity"] = "007",
                        ["level"] = 3,
                        ["strict"] = true,
                    },
                },
            },
        };
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(folder.Read("info"))), folder.Read("info"));
        Assert.Equal("Bearer t", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Run_WithoutProvideClusterInfo_TellsNothingOfTheCluster()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script($"printf '%s' \"$KUBERNETES_EXEC_INFO\" > {folder.At("info")}\n{Token("t")}");
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["interactive"], JsonNode.Parse(folder.Read("info"))!["spec"]!.AsObject().Select(field => field.Key));
    }

    [Fact]
    public async Task Run_ArgumentsWithSpacesAndVariables_ArriveAsTheyAre()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script($"for a in \"$@\"; do echo \"[$a]\"; done > {folder.At("args")}\necho \"$COLOUR\" >> {folder.At("args")}\n{Token("t")}");
        using var connection = Open(TestKubeconfig.For(
            server, authority, Exec("args: [get-client-certificate, 'two words', '$HOME \"x\"']\n  env: [{name: COLOUR, value: dark green}]")));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("[get-client-certificate]\n[two words]\n[$HOME \"x\"]\ndark green\n", folder.Read("args"));
    }

    [Fact]
    public async Task Run_BareName_IsFoundInPathOnly()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script(Token("from-path"));
        using var connection = Open(
            TestKubeconfig.For(server, authority, Exec(command: "plugin")),
            options => options with { Environment = name => name == "PATH" ? $"/nowhere{Path.PathSeparator}{folder.Path}" : null });

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("Bearer from-path", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Request_BeforeExpiry_DoesNotRunThePluginAgain()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script(CountRuns() + Token("t-$n", expires: time.GetUtcNow().AddMinutes(30)));
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();
        time.Advance(TimeSpan.FromMinutes(28));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["Bearer t-1", "Bearer t-1"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_ShortlyBeforeExpiry_RunsThePluginAgain()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script(CountRuns() + Token("t-$n", expires: time.GetUtcNow().AddMinutes(30)));
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();
        time.Advance(TimeSpan.FromMinutes(29.5));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["Bearer t-1", "Bearer t-2"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_ManyAtOnce_RunThePluginOnce()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script(CountRuns() + Token("t-$n"));
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => connection.Kubernetes.Version.GetCodeAsync()));

        Assert.All(server.Requests, request => Assert.Equal("Bearer t-1", request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_TokenRefused_IsRepeatedOnceWithANewToken()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, request) =>
            request.Header("Authorization") == "Bearer t-2" ? ApiPeer.AnswerAsync(context, ApiPeer.Version) : ApiPeer.RefuseAsync(context, HttpStatusCode.Unauthorized));
        Script(CountRuns() + Token("t-$n"));
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["Bearer t-1", "Bearer t-2"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_EveryTokenRefused_DoesNotRunThePluginForEveryRequest()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, _) => ApiPeer.RefuseAsync(context, HttpStatusCode.Unauthorized));
        Script(CountRuns() + Token("t-$n"));
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));

        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(() => connection.Kubernetes.Version.GetCodeAsync());
        }

        Assert.Equal("2", folder.Read("runs").Trim());
    }

    [Fact]
    public async Task Request_PluginGivesCertificates_ShowsARenewedOneAfterExpiry()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        foreach (var run in new[] { 1, 2 })
        {
            var (certificate, key) = authority.Client($"client-{run}");
            folder.Write($"answer-{run}", new JsonObject
            {
                ["kind"] = "ExecCredential",
                ["apiVersion"] = V1,
                ["status"] = new JsonObject
                {
                    ["clientCertificateData"] = certificate,
                    ["clientKeyData"] = key,
                    ["expirationTimestamp"] = time.GetUtcNow().AddMinutes(10).ToString("O"),
                },
            }.ToJsonString());
        }

        Script(CountRuns() + $"cat {folder.Path}/answer-$n");
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();
        time.Advance(TimeSpan.FromMinutes(11));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["client-1", "client-2"], server.Requests.Select(request => request.ClientName));
    }

    [Fact]
    public async Task Request_RefreshFailsWhileTheTokenIsStillGood_UsesTheToken()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        Script(CountRuns() + $"[ $n = 1 ] || exit 3\n{Token("t", expires: time.GetUtcNow().AddMinutes(30))}");
        using var connection = Open(TestKubeconfig.For(server, authority, Exec()));
        await connection.Kubernetes.Version.GetCodeAsync();

        time.Advance(TimeSpan.FromMinutes(29.5));
        await connection.Kubernetes.Version.GetCodeAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.PluginFailed, error.Problem);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Run_PluginIsNotInstalled_GivesTheInstallHint()
    {
        using var connection = Open(TestKubeconfig.For(
            new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec("installHint: Get it from https://gardener.example/login.", command: "gardenlogin")),
            options => options with { Environment = _ => null });

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.PluginMissing, error.Problem);
        Assert.Equal(
            "The credential plugin \"gardenlogin\" that the kubeconfig names is not installed. Get it from https://gardener.example/login.", error.Message);
    }

    [Fact]
    public async Task Run_PluginFails_TellsItsLastWordsAndNothingItPrinted()
    {
        Script("echo half-a-token\necho warming up >&2\necho 'login expired, run gardenctl login' >&2\necho >&2\nexit 4");
        using var connection = Open(TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec()));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.PluginFailed, error.Problem);
        Assert.EndsWith("gave no credentials: it ended with exit code 4 and said: login expired, run gardenctl login.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("half-a-token", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo not-json-secret", "did not print JSON")]
    [InlineData("echo '[]'", "did not print an ExecCredential")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"secret\"}}'", "v1 was asked for")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"}'", "has no status")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "neither a token nor a client certificate")]
    [InlineData("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientKeyData\":\"secret\"}}'", "but not both")]
    public async Task Run_UnusableAnswer_SaysWhyAndQuotesNothing(string script, string expected)
    {
        Script(script);
        using var connection = Open(TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec()));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.PluginFailed, error.Problem);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PluginHangs_IsKilledWithItsChildren()
    {
        Script($"sleep 600 &\necho $! > {folder.At("child.tmp")}\nmv {folder.At("child.tmp")} {folder.At("child")}\nwait");
        using var connection = Open(
            TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec()), options => options with { PluginTimeout = TimeSpan.FromSeconds(1) });

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.EndsWith("it did not end within 1 s and was stopped.", error.Message, StringComparison.Ordinal);
        var child = folder.Read("child").Trim();
        Assert.True(SpinWait.SpinUntil(() => !IsAlive(child), TimeSpan.FromSeconds(5)), "the plugin's child lives on");
    }

    [Fact]
    public async Task Run_PluginThatNeedsATerminal_IsNotRunWithoutOne()
    {
        Script($"touch {folder.At("ran")}");
        using var connection = Open(TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec("interactiveMode: Always")));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Contains("needs somebody at the terminal", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("ran")));
    }

    private static bool IsAlive(string pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static string Token(string token, DateTimeOffset? expires = null, string version = V1) =>
        $"echo '{{\"kind\":\"ExecCredential\",\"apiVersion\":\"{version}\",\"status\":{{\"token\":\"'\"{token}\"'\""
        + (expires is { } time ? $",\"expirationTimestamp\":\"{time:yyyy-MM-ddTHH:mm:ssZ}\"" : string.Empty)
        + "}}'";

    private string CountRuns() => $"n=$(cat {folder.At("runs")} 2>/dev/null || echo 0)\nn=$((n+1))\necho $n > {folder.At("runs")}\n";

    private string Exec(string more = "", string version = V1, string? command = null) =>
        $"exec:\n  apiVersion: {version}\n  command: {command ?? folder.At("plugin")}" + (more.Length > 0 ? $"\n  {more}" : string.Empty);

    private void Script(string body) => folder.Script("plugin", body + "\n");

    private GardenConnection Open(string kubeconfig, Func<GardenConnectionOptions, GardenConnectionOptions>? with = null)
    {
        var options = new GardenConnectionOptions { KubeconfigContent = kubeconfig, TimeProvider = time, ReadRetries = 0 };
        return GardenConnection.Open(with?.Invoke(options) ?? options);
    }
}
