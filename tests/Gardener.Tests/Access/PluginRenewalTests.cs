using System.Net;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Access;
using k8s;

namespace Dualstack.Gardener.Tests.Access;

public sealed class PluginRenewalTests : PluginTestBase
{
    [Fact]
    public async Task Request_BeforeExpiry_DoesNotRunThePluginAgain()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script(CountRuns() + Token("t-$n", expires: Time.GetUtcNow().AddMinutes(30)));
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();
        Time.Advance(TimeSpan.FromMinutes(28));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["Bearer t-1", "Bearer t-1"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_ShortlyBeforeExpiry_RunsThePluginAgain()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script(CountRuns() + Token("t-$n", expires: Time.GetUtcNow().AddMinutes(30)));
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();
        Time.Advance(TimeSpan.FromMinutes(29.5));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["Bearer t-1", "Bearer t-2"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_ManyAtOnce_RunThePluginOnce()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script(CountRuns() + Token("t-$n"));
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => connection.Kubernetes.Version.GetCodeAsync()));

        Assert.All(server.Requests, request => Assert.Equal("Bearer t-1", request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_TokenRefused_IsRepeatedOnceWithANewToken()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve(), (context, request) =>
            request.Header("Authorization") == "Bearer t-2" ? ApiPeer.AnswerAsync(context, ApiPeer.Version) : ApiPeer.RefuseAsync(context, HttpStatusCode.Unauthorized));
        Script(CountRuns() + Token("t-$n"));
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["Bearer t-1", "Bearer t-2"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_EveryTokenRefused_DoesNotRunThePluginForEveryRequest()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve(), (context, _) => ApiPeer.RefuseAsync(context, HttpStatusCode.Unauthorized));
        Script(CountRuns() + Token("t-$n"));
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));

        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(() => connection.Kubernetes.Version.GetCodeAsync());
        }

        Assert.Equal("2", Folder.Read("runs").Trim());
    }

    [Fact]
    public async Task Request_PluginGivesCertificates_ShowsARenewedOneAfterExpiry()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        foreach (var run in new[] { 1, 2 })
        {
            var (certificate, key) = Authority.Client($"client-{run}");
            Folder.Write($"answer-{run}", new JsonObject
            {
                ["kind"] = "ExecCredential",
                ["apiVersion"] = V1,
                ["status"] = new JsonObject
                {
                    ["clientCertificateData"] = certificate,
                    ["clientKeyData"] = key,
                    ["expirationTimestamp"] = Time.GetUtcNow().AddMinutes(10).ToString("O"),
                },
            }.ToJsonString());
        }

        Script(CountRuns() + $"cat {Folder.Path}/answer-$n");
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();
        Time.Advance(TimeSpan.FromMinutes(11));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["client-1", "client-2"], server.Requests.Select(request => request.ClientName));
    }

    [Fact]
    public async Task Request_RefreshFailsWhileTheTokenIsStillGood_UsesTheToken()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script(CountRuns() + $"[ $n = 1 ] || exit 3\n{Token("t", expires: Time.GetUtcNow().AddMinutes(30))}");
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));
        await connection.Kubernetes.Version.GetCodeAsync();

        Time.Advance(TimeSpan.FromMinutes(29.5));
        await connection.Kubernetes.Version.GetCodeAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.PluginFailed, error.Problem);
        Assert.Equal(2, server.Requests.Count);
    }
}
