using System.Net;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace Dualstack.Gardener.Tests.Access;

/// <summary>What the Kubernetes client does with a kubeconfig by itself, whichever build of it is used.</summary>
public sealed class KubernetesClientConfigurationTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly TestFolder folder = new();

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task BuildFromStream_ClientCertificate_IsShown()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        var (certificate, key) = authority.Client("admin");
        var yaml = TestKubeconfig.For(
            server, authority, $"client-certificate-data: {TestAuthority.Encode(certificate)}\nclient-key-data: {TestAuthority.Encode(key)}");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(yaml));

        using var client = new Kubernetes(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(stream));
        await client.Version.GetCodeAsync();

        Assert.Equal("admin", Assert.Single(server.Requests).ClientName);
    }

    [Fact]
    public async Task BuildFromFile_RelativeAuthorityAndContextInOtherCase_AreFound()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        folder.Write("ca.pem", authority.Pem);
        var path = folder.Write("config", TestKubeconfig.For(server.Address, "certificate-authority: ca.pem"));

        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(path, currentContext: "GARDEN");
        using var client = new Kubernetes(configuration);
        await client.Version.GetCodeAsync();

        Assert.Equal("garden-retail", configuration.Namespace);
        Assert.Equal("Bearer secret-token", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Request_CertificateOfAnotherAuthority_IsRefused()
    {
        using var other = new TestAuthority("other");
        await using var server = await ApiPeer.StartAsync(other.Serve());
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(TestKubeconfig.For(server, authority)));

        using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(stream));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Version.GetCodeAsync());
    }

    [Fact]
    public async Task Request_Handlers_SeeItInTheOrderGiven()
    {
        await using var server = await ApiPeer.StartAsync(
            authority.Serve(), (context, _) => ApiPeer.RefuseAsync(context, HttpStatusCode.Unauthorized));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(TestKubeconfig.For(server, authority)));

        using var client = new Kubernetes(
            KubernetesClientConfiguration.BuildConfigFromConfigFile(stream), new MarkingHandler("outer"), new MarkingHandler("inner"));
        await Assert.ThrowsAsync<HttpOperationException>(() => client.Version.GetCodeAsync());

        Assert.Equal("outer, inner", Assert.Single(server.Requests).Header("Mark"));
    }

    [Fact]
    public void Build_UserWithoutCredentials_IsRefused()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(TestKubeconfig.For(new Uri("https://garden.example"), "tls-server-name: x", "tokenFile: t")));

        Assert.Throws<KubeConfigException>(() => KubernetesClientConfiguration.BuildConfigFromConfigFile(stream));
    }

    [Fact]
    public void Build_FromObject_TakesServerAndToken()
    {
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(new K8SConfiguration
        {
            CurrentContext = "c",
            Contexts = [new Context { Name = "c", ContextDetails = new ContextDetails { Cluster = "k", User = "u" } }],
            Clusters = [new Cluster { Name = "k", ClusterEndpoint = new ClusterEndpoint { Server = "https://0.0.0.0:6443" } }],
            Users = [new User { Name = "u", UserCredentials = new UserCredentials { Token = "t" } }],
        });

        Assert.Equal(("127.0.0.1", "t", "c"), (new Uri(configuration.Host).Host, configuration.AccessToken, configuration.CurrentContext));
    }

    private sealed class MarkingHandler(string mark) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("Mark", mark);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
