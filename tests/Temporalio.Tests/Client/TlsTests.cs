using System.Security.Cryptography.X509Certificates;
using System.Text;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Dualstack.Temporalio.Tests.Client;

public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority authority = new("Test Root");
    private readonly TestAuthority stranger = new("Other Root");

    public void Dispose()
    {
        authority.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public async Task Connect_WithTrustedRootAndRightName_Succeeds()
    {
        using var certificate = authority.Server("localhost");
        await using var peer = await StartAsync(certificate);

        var client = await TemporalClient.ConnectAsync(new($"localhost:{peer.Port}") { Tls = Trusting(authority) });

        Assert.Equal(7, (await client.CountWorkflowsAsync("")).Count);
    }

    [Fact]
    public async Task Connect_WithWrongName_IsRefused()
    {
        using var certificate = authority.Server("temporal.example");
        await using var peer = await StartAsync(certificate);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => TemporalClient.ConnectAsync(new($"localhost:{peer.Port}") { Tls = Trusting(authority) }));

        Assert.Empty(peer.Calls);
    }

    [Fact]
    public async Task Connect_WithDomain_AsksForAndVerifiesThatName()
    {
        using var certificate = authority.Server("temporal.example");
        await using var peer = await StartAsync(certificate);
        var tls = Trusting(authority);
        tls.Domain = "temporal.example";

        await TemporalClient.ConnectAsync(new(peer.Target) { Tls = tls });

        Assert.Equal(["temporal.example"], peer.ServerNames);
    }

    [Fact]
    public async Task Connect_WithStrangersRoot_IsRefused()
    {
        using var certificate = authority.Server("localhost");
        await using var peer = await StartAsync(certificate);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => TemporalClient.ConnectAsync(new($"localhost:{peer.Port}") { Tls = Trusting(stranger) }));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => TemporalClient.ConnectAsync(new($"localhost:{peer.Port}") { Tls = new() }));

        Assert.Empty(peer.Calls);
    }

    [Fact]
    public async Task Connect_WithClientCertificate_IsLetIn()
    {
        using var certificate = authority.Server("localhost");
        await using var peer = await GrpcPeer.StartAsync(
            c => c.ReplyAsync(new CountWorkflowExecutionsResponse { Count = 7 }), certificate, clientRoot: authority.Root);
        var (cert, key) = authority.Client("worker");
        var tls = Trusting(authority);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => TemporalClient.ConnectAsync(new($"localhost:{peer.Port}") { Tls = tls }));

        tls.ClientCert = cert;
        tls.ClientPrivateKey = key;
        var client = await TemporalClient.ConnectAsync(new($"localhost:{peer.Port}") { Tls = tls });

        Assert.Equal(7, (await client.CountWorkflowsAsync("")).Count);
    }

    [Fact]
    public async Task Connect_WithApiKeyOverTls_SendsBearer()
    {
        using var certificate = authority.Server("localhost");
        await using var peer = await StartAsync(certificate);

        await TemporalClient.ConnectAsync(new($"localhost:{peer.Port}") { ApiKey = "secret", Tls = Trusting(authority) });

        Assert.Equal("Bearer secret", peer.Calls.Single().Header("authorization"));
    }

    [Fact]
    public async Task ClientCertificate_WithoutKey_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(
        () => TemporalClient.ConnectAsync(new("localhost:7233") { Tls = new() { ClientCert = authority.Client("worker").Certificate } }));

    [Fact]
    public async Task RootCertificate_NotPem_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(
        () => TemporalClient.ConnectAsync(new("localhost:7233") { Tls = new() { ServerRootCACert = Encoding.UTF8.GetBytes("no certificate") } }));

    private static TlsOptions Trusting(TestAuthority authority) => new() { ServerRootCACert = Encoding.UTF8.GetBytes(authority.Root.ExportCertificatePem()) };

    private static Task<GrpcPeer> StartAsync(X509Certificate2 certificate) =>
        GrpcPeer.StartAsync(c => c.ReplyAsync(new CountWorkflowExecutionsResponse { Count = 7 }), certificate);
}
