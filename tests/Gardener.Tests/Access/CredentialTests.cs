using System.Net;
using Dualstack.Gardener.Access;
using k8s;
using Microsoft.Extensions.Time.Testing;

namespace Dualstack.Gardener.Tests.Access;

public sealed class CredentialTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Request_UserNameAndPassword_GoesOutAsBasic()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        using var connection = Open(server, "username: jo\npassword: 'x:y'");

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("Basic am86eDp5", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Request_Impersonation_CarriesUserGroupAndExtra()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        using var connection = Open(server, "token: t\nas: system:serviceaccount:a:b\nas-groups: [one]\nas-user-extra: {why: [because]}");

        await connection.Kubernetes.Version.GetCodeAsync();

        var request = Assert.Single(server.Requests);
        Assert.Equal("system:serviceaccount:a:b", request.Header("Impersonate-User"));
        Assert.Equal("one", request.Header("Impersonate-Group"));
        Assert.Equal("because", request.Header("Impersonate-Extra-why"));
    }

    [Fact]
    public async Task Request_TokenFileRotated_UsesTheNewTokenSoon()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        folder.Write("token", "first\n");
        using var connection = Open(server, $"tokenFile: {folder.At("token")}");
        await connection.Kubernetes.Version.GetCodeAsync();

        folder.Write("token", "second\n");
        time.Advance(TimeSpan.FromSeconds(11));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["Bearer first", "Bearer second"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_TokenFileRotatedAndOldTokenRefused_IsRepeatedWithTheNewOne()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve(), (context, request) =>
            request.Header("Authorization") == "Bearer second" ? ApiPeer.AnswerAsync(context, ApiPeer.Version) : ApiPeer.RefuseAsync(context, HttpStatusCode.Unauthorized));
        folder.Write("token", "second");
        using var connection = Open(server, $"tokenFile: {folder.At("token")}");
        await connection.Kubernetes.Version.GetCodeAsync();
        folder.Write("token", "first");
        time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(() => connection.Kubernetes.Version.GetCodeAsync());

        folder.Write("token", "second");
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(
            ["Bearer second", "Bearer first", "Bearer first", "Bearer second"], server.Requests.Select(request => request.Header("Authorization")));
    }

    [Fact]
    public async Task Request_TokenFileGoneForAMoment_KeepsTheTokenAtHand()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        folder.Write("token", "first");
        using var connection = Open(server, $"tokenFile: {folder.At("token")}");
        await connection.Kubernetes.Version.GetCodeAsync();

        File.Delete(folder.At("token"));
        time.Advance(TimeSpan.FromSeconds(11));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Request_TokenFileMissing_NamesUserAndFile()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        using var connection = Open(server, $"tokenFile: {folder.At("token")}");

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.CredentialsUnreadable, error.Problem);
        Assert.Contains("kubeconfig user \"robot\"", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.At("token"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_InlineClientCertificate_IsShown()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        var (certificate, key) = authority.Client("inline");
        using var connection = Open(server, $"client-certificate-data: {TestAuthority.Encode(certificate)}\nclient-key-data: {TestAuthority.Encode(key)}");

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("inline", Assert.Single(server.Requests).ClientName);
    }

    [Fact]
    public async Task Request_ClientCertificateFilesRotated_ShowsTheNewOneOnANewConnection()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        WriteClient("before");
        using var connection = Open(server, $"client-certificate: {folder.At("client.crt")}\nclient-key: {folder.At("client.key")}");
        await connection.Kubernetes.Version.GetCodeAsync();

        WriteClient("after");
        time.Advance(TimeSpan.FromSeconds(11));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["before", "after"], server.Requests.Select(request => request.ClientName));
    }

    [Fact]
    public async Task Request_KeyThatDoesNotFit_SaysSoAndShowsNoKey()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        var (certificate, _) = authority.Client("one");
        var (_, key) = authority.Client("two");
        using var connection = Open(server, $"client-certificate-data: {TestAuthority.Encode(certificate)}\nclient-key-data: {TestAuthority.Encode(key)}");

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Contains("do not belong together", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", error.ToString(), StringComparison.Ordinal);
    }

    private void WriteClient(string name)
    {
        var (certificate, key) = authority.Client(name);
        folder.Write("client.crt", certificate);
        folder.Write("client.key", key);
    }

    private GardenConnection Open(ApiPeer server, string user) => GardenConnection.Open(new GardenConnectionOptions
    {
        KubeconfigContent = TestKubeconfig.For(server, authority, user),
        TimeProvider = time,
        ReadRetries = 0,
    });
}
