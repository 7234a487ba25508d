using System.Net.Sockets;
using Dualstack.Gardener.Access;
using k8s;

namespace Dualstack.Gardener.Tests.Access;

public sealed class ServerIdentityTests : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task Request_ServerOfTheKubeconfigsAuthority_IsAnsweredOverHttp2()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        using var connection = Open(TestKubeconfig.For(server, authority));

        var version = await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("v1.33.0", version.GitVersion);
        var request = Assert.Single(server.Requests);
        Assert.Equal("/version/", request.Target);
        Assert.Equal("HTTP/2", request.Protocol);
        Assert.Equal("Bearer secret-token", request.Header("Authorization"));
        Assert.Matches("^dualstack/[0-9]+[.][0-9]+[.][0-9]+", request.Header("User-Agent"));
        Assert.Equal(("garden", "garden-retail"), (connection.Context, connection.Namespace));
    }

    [Fact]
    public async Task Request_CertificateForAnotherHostUnderThePrivateAuthority_IsRefused()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve("api.other.example"));
        using var connection = Open(TestKubeconfig.For(server, authority));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.WrongHostName, error.Problem);
        Assert.Contains("is for api.other.example, not for 127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("tls-server-name", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Request_CertificateOfAnotherAuthority_IsRefused()
    {
        using var other = new TestAuthority("other");
        await using var server = await ApiPeer.StartAsync(other.Serve());
        using var connection = Open(TestKubeconfig.For(server, authority));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.CertificateNotTrusted, error.Problem);
        Assert.Contains("the certificate authority of the kubeconfig did not sign it", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Request_PrivateAuthorityThatTheKubeconfigDoesNotName_IsRefused()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        using var connection = Open(TestKubeconfig.For(server.Address, "certificate-authority-data:"));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.CertificateNotTrusted, error.Problem);
    }

    [Fact]
    public async Task Request_ExpiredCertificate_SaysSinceWhen()
    {
        await using var server = await ApiPeer.StartAsync(authority.ServeExpired());
        using var connection = Open(TestKubeconfig.For(server, authority));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.CertificateNotTrusted, error.Problem);
        Assert.Contains("it expired at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_TlsServerName_IsTheNameThatCounts()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve("api.garden.example"));
        using var connection = Open(TestKubeconfig.For(
            server.Address, $"certificate-authority-data: {authority.Base64}\ntls-server-name: api.garden.example"));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Request_InsecureSkipTlsVerify_IsObeyed()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve("api.other.example"));
        using var connection = Open(TestKubeconfig.For(server.Address, "insecure-skip-tls-verify: true"));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Request_NobodyListens_SaysSo()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        using var connection = Open(TestKubeconfig.For(new Uri($"https://127.0.0.1:{port}"), $"certificate-authority-data: {authority.Base64}"));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.True(error.IsTransient);
        Assert.Equal($"127.0.0.1:{port} cannot be reached: nothing listens there (connection refused).", error.Message);
    }

    [Fact]
    public async Task Request_ProxyUrl_GoesThroughTheProxyWithItsPassword()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        using var proxy = new TestProxy(server.Address);
        using var connection = Open(TestKubeconfig.For(
            server.Address, $"certificate-authority-data: {authority.Base64}\nproxy-url: http://me:pass%20word@127.0.0.1:{proxy.Port}"));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Single(server.Requests);
        Assert.All(proxy.Heads, head => Assert.StartsWith($"CONNECT 127.0.0.1:{server.Address.Port} ", head, StringComparison.Ordinal));
        Assert.Contains("Proxy-Authorization: Basic bWU6cGFzcyB3b3Jk", proxy.Heads[^1], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Request_DeadProxy_IsNamedWithoutItsPassword()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        using var connection = Open(TestKubeconfig.For(
            new Uri("https://garden.example"), $"certificate-authority-data: {authority.Base64}\nproxy-url: http://me:hidden@127.0.0.1:{port}"));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Contains($"the proxy 127.0.0.1:{port} gives no connection", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    private static GardenConnection Open(string kubeconfig) =>
        GardenConnection.Open(new GardenConnectionOptions { KubeconfigContent = kubeconfig, ReadRetries = 0 });
}
