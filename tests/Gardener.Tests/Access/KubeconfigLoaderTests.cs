using Dualstack.Gardener.Access;
using k8s;
using Microsoft.Extensions.Time.Testing;

namespace Dualstack.Gardener.Tests.Access;

public sealed class KubeconfigLoaderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_NothingAnywhere_NamesWhereItLooked()
    {
        var error = Assert.Throws<GardenAccessException>(() => KubeconfigLoader.Load(Options()));

        Assert.Equal(GardenAccessProblem.NoKubeconfig, error.Problem);
        Assert.Equal(
            $"No kubeconfig found: KUBECONFIG is not set and {folder.At(".kube/config")} does not exist; set KUBECONFIG to the garden's kubeconfig.",
            error.Message);
    }

    [Fact]
    public void Load_KubeconfigVariableNamesMissingFilesOnly_NamesThem()
    {
        var error = Assert.Throws<GardenAccessException>(() => KubeconfigLoader.Load(Options(folder.At("a"), folder.At("b"))));

        Assert.Contains($"KUBECONFIG names {folder.At("a")} and {folder.At("b")}, which do not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NamedFileIsMissing_DoesNotLookElsewhere()
    {
        folder.Write(".kube/config", Simple("home", "https://home.example"));

        var error = Assert.Throws<GardenAccessException>(() => KubeconfigLoader.Load(Options() with { KubeconfigPath = folder.At("nope") }));

        Assert.Equal($"There is no kubeconfig {folder.At("nope")}; check the path.", error.Message);
    }

    [Fact]
    public void Load_NoVariable_TakesTheHomeFile()
    {
        folder.Write(".kube/config", Simple("home", "https://home.example"));

        Assert.Equal("home", KubeconfigLoader.Load(Options()).CurrentContext);
    }

    [Fact]
    public void Load_SeveralFiles_SkipsMissingOnesAndTheFirstToNameSomethingHasItWholly()
    {
        var first = folder.Write("first", """
            kind: Config
            contexts: [{name: shared, context: {cluster: one, user: u}}]
            clusters: [{name: one, cluster: {server: "https://first.example"}}]
            users: [{name: u, user: {token: a}}]
            """);
        var second = folder.Write("second", """
            kind: Config
            current-context: other
            contexts: [{name: shared, context: {cluster: two, user: u, namespace: lost}}, {name: other, context: {cluster: two, user: u}}]
            clusters: [{name: one, cluster: {server: "https://lost.example", tls-server-name: lost}}, {name: two, cluster: {server: "https://second.example"}}]
            """);

        var options = Options(folder.At("missing"), first, second);

        Assert.Equal(["shared", "other"], KubeconfigLoader.Load(options).ContextNames);
        Assert.Equal("other", KubeconfigLoader.Load(options).CurrentContext);
        using var shared = GardenConnection.Open(options with { Context = "shared" });
        Assert.Equal("https://first.example/", shared.Server.AbsoluteUri);
        Assert.Null(shared.Namespace);
        using var current = GardenConnection.Open(options);
        Assert.Equal("https://second.example/", current.Server.AbsoluteUri);
    }

    [Fact]
    public async Task Load_RelativePaths_StartAtTheFileThatHasThem()
    {
        using var authority = new TestAuthority();
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        folder.Write("clusters/ca.pem", authority.Pem);
        folder.Write("users/token", "from-file");
        var clusters = folder.Write("clusters/config", $"""
            current-context: garden
            contexts:
            - name: garden
              context:
                cluster: garden
                user: robot
            clusters:
            - name: garden
              cluster:
                server: {server.Address.GetLeftPart(UriPartial.Authority)}
                certificate-authority: ca.pem
            """);
        var users = folder.Write("users/config", "users: [{name: robot, user: {tokenFile: token}}]");

        using var connection = GardenConnection.Open(Options(clusters, users));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("Bearer from-file", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public void Open_UnknownContext_ListsTheOnesThereAre()
    {
        var path = folder.Write("config", Simple("Garden", "https://garden.example"));

        var error = Assert.Throws<GardenAccessException>(() => GardenConnection.Open(Options(path) with { Context = "garden" }));

        Assert.Equal(GardenAccessProblem.UnknownContext, error.Problem);
        Assert.Equal($"{path} has no context \"garden\"; it has: Garden.", error.Message);
    }

    [Fact]
    public void Open_NoCurrentContext_AsksForOne()
    {
        var path = folder.Write("config", Simple("garden", "https://garden.example").Replace("current-context: garden", "current-context: ''", StringComparison.Ordinal));

        var error = Assert.Throws<GardenAccessException>(() => GardenConnection.Open(Options(path)));

        Assert.Equal($"{path} has no current-context; name one of its contexts: garden.", error.Message);
    }

    [Fact]
    public void Open_ContextRefersToNothing_SaysToWhat()
    {
        var path = folder.Write("config", "current-context: c\ncontexts: [{name: c, context: {cluster: gone, user: u}}]");

        var error = Assert.Throws<GardenAccessException>(() => GardenConnection.Open(Options(path)));

        Assert.Equal($"Context \"c\" of {path} refers to cluster \"gone\", which is not there.", error.Message);
    }

    [Fact]
    public void Load_BrokenYaml_NamesFileAndLineAndQuotesNothing()
    {
        var path = folder.Write("config", "kind: Config\nusers:\n- name: u\n  user: {token: very-secret\n");

        var error = Assert.Throws<GardenAccessException>(() => KubeconfigLoader.Load(Options(path)));

        Assert.Equal(GardenAccessProblem.InvalidKubeconfig, error.Problem);
        Assert.StartsWith($"{path} is not a kubeconfig: no valid YAML in line ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth-provider: {name: oidc}", "auth-provider \"oidc\"")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}", "v1alpha1")]
    [InlineData("as-groups: [admins]", "\"as\" is missing")]
    [InlineData("as: me\nas-groups: [one, two]", "several groups")]
    public void Open_UserThatCannotBeSupported_SaysWhy(string user, string expected)
    {
        var yaml = TestKubeconfig.For(new Uri("https://garden.example"), "tls-server-name: x", user);

        var error = Assert.Throws<GardenAccessException>(() => GardenConnection.Open(Options() with { KubeconfigContent = yaml }));

        Assert.Equal(GardenAccessProblem.InvalidKubeconfig, error.Problem);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AuthorityThatIsNoCertificate_NamesTheCluster()
    {
        var yaml = TestKubeconfig.For(new Uri("https://garden.example"), "certificate-authority-data: bm90aGluZw==");

        var error = Assert.Throws<GardenAccessException>(() => GardenConnection.Open(Options() with { KubeconfigContent = yaml }));

        Assert.StartsWith("The certificate authority of cluster \"garden\" cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_InCluster_UsesTheServiceAccount()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var authority = new TestAuthority();
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        folder.Write("account/token", "pod-token\n");
        folder.Write("account/ca.crt", authority.Pem);
        folder.Write("account/namespace", "garden-robots");
        var options = Options() with
        {
            ServiceAccountDirectory = folder.At("account"),
            TimeProvider = time,
            Environment = name => name switch
            {
                "KUBERNETES_SERVICE_HOST" => "127.0.0.1",
                "KUBERNETES_SERVICE_PORT" => $"{server.Address.Port}",
                _ => null,
            },
        };

        using var connection = GardenConnection.Open(options);
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(("in-cluster", "garden-robots"), (connection.Context, connection.Namespace));
        Assert.Equal("Bearer pod-token", Assert.Single(server.Requests).Header("Authorization"));

        // Kubernetes replaces the mounted token about every hour.
        folder.Write("account/token", "next-token\n");
        time.Advance(TimeSpan.FromSeconds(11));
        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("Bearer next-token", server.Requests[^1].Header("Authorization"));
    }

    private static string Simple(string name, string server) => $$"""
        kind: Config
        current-context: {{name}}
        contexts:
        - name: {{name}}
          context: { cluster: c, user: u }
        clusters:
        - name: c
          cluster: { server: "{{server}}" }
        users:
        - name: u
          user: { token: t }
        """;

    private GardenConnectionOptions Options(params string[] files) => new()
    {
        HomeDirectory = folder.Path,
        ServiceAccountDirectory = folder.At("no-account"),
        Environment = name => name == "KUBECONFIG" && files is not [] ? string.Join(Path.PathSeparator, files) : null,
    };
}
