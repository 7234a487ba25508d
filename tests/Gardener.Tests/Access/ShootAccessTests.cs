using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Shoots;
using k8s;
using Microsoft.Extensions.Time.Testing;

namespace Dualstack.Gardener.Tests.Access;

public sealed class ShootAccessTests : IAsyncLifetime, IDisposable
{
    private static readonly ShootKey Shop = new("garden-retail", "shop");

    private readonly TestAuthority gardenAuthority = new("garden");
    private readonly TestAuthority clients = new("clients");
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private TestAuthority shootAuthority = new("shoot");
    private ApiPeer shoot = null!;
    private ApiPeer garden = null!;
    private GardenConnection connection = null!;
    private ShootAccess access = null!;
    private Func<int, string> kubeconfig = null!;
    private HttpStatusCode refusal = HttpStatusCode.Created;
    private string refusalMessage = "no";
    private int issued;

    public async Task InitializeAsync()
    {
        shoot = await ApiPeer.StartAsync(shootAuthority.Serve());
        kubeconfig = number => Kubeconfig(number, Shoot());
        garden = await ApiPeer.StartAsync(gardenAuthority.Serve(), (context, _) => refusal == HttpStatusCode.Created
            ? ApiPeer.AnswerAsync(context, Answer(kubeconfig(Interlocked.Increment(ref issued))), HttpStatusCode.Created)
            : ApiPeer.RefuseAsync(context, refusal, refusalMessage));
        connection = GardenConnection.Open(new GardenConnectionOptions { KubeconfigContent = TestKubeconfig.For(garden, gardenAuthority), ReadRetries = 0 });
        access = new ShootAccess(connection.Kubernetes, new ShootAccessOptions { TimeProvider = time, ReadRetries = 0 });
    }

    public async Task DisposeAsync()
    {
        access.Dispose();
        connection.Dispose();
        await garden.DisposeAsync();
        await shoot.DisposeAsync();
    }

    public void Dispose()
    {
        gardenAuthority.Dispose();
        shootAuthority.Dispose();
        clients.Dispose();
    }

    [Fact]
    public async Task Connect_FirstRequest_AsksTheGardenForAViewerAndShowsItsCertificate()
    {
        await access.Connect(Shop, "uid-1").Version.GetCodeAsync();

        var asked = Assert.Single(garden.Requests);
        Assert.Equal("POST", asked.Method);
        Assert.Equal("/apis/core.gardener.cloud/v1beta1/namespaces/garden-retail/shoots/shop/viewerkubeconfig", asked.Target);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"apiVersion":"authentication.gardener.cloud/v1alpha1","kind":"ViewerKubeconfigRequest","spec":{"expirationSeconds":3600}}"""),
            JsonNode.Parse(asked.Body)));
        var request = Assert.Single(shoot.Requests);
        Assert.Equal("viewer-1", request.ClientName);
        Assert.StartsWith("dualstack/", request.Header("User-Agent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_Again_UsesTheCredentialsAtHand()
    {
        await access.Connect(Shop, "uid-1").Version.GetCodeAsync();
        time.Advance(TimeSpan.FromMinutes(50));
        await access.Connect(Shop, "uid-1").Version.GetCodeAsync();

        Assert.Single(garden.Requests);
    }

    [Fact]
    public async Task Connect_ShortlyBeforeExpiry_GetsNewCredentialsForTheSameClient()
    {
        var client = access.Connect(Shop, "uid-1");
        await client.Version.GetCodeAsync();
        time.Advance(TimeSpan.FromMinutes(56));
        await client.Version.GetCodeAsync();

        Assert.Equal(["viewer-1", "viewer-2"], shoot.Requests.Select(request => request.ClientName));
    }

    [Fact]
    public async Task Connect_RecreatedShoot_GetsCredentialsOfItsOwn()
    {
        await access.Connect(Shop, "uid-1").Version.GetCodeAsync();
        await access.Connect(Shop, "uid-2").Version.GetCodeAsync();

        Assert.Equal(2, garden.Requests.Count);
    }

    [Fact]
    public async Task Request_ShootsAuthorityWasRotated_FetchesANewKubeconfig()
    {
        var beforeRotation = Kubeconfig(1, Shoot());
        shootAuthority.Dispose();
        shootAuthority = new TestAuthority("rotated");
        shoot.Show(shootAuthority.Serve());
        kubeconfig = number => number == 1 ? beforeRotation : Kubeconfig(number, Shoot());

        await access.Connect(Shop, "uid-1").Version.GetCodeAsync();

        Assert.Equal("viewer-2", Assert.Single(shoot.Requests).ClientName);
    }

    [Fact]
    public async Task Request_CredentialsRefused_FetchesNewOnesOnce()
    {
        await shoot.DisposeAsync();
        shoot = await ApiPeer.StartAsync(shootAuthority.Serve(), (context, request) => request.ClientName == "viewer-2"
            ? ApiPeer.AnswerAsync(context, ApiPeer.Version)
            : ApiPeer.RefuseAsync(context, HttpStatusCode.Unauthorized));

        await access.Connect(Shop, "uid-1").Version.GetCodeAsync();

        Assert.Equal(["viewer-1", "viewer-2"], shoot.Requests.Select(request => request.ClientName));
    }

    [Fact]
    public async Task Request_FirstAddressIsOutOfReach_TakesTheNextAndStaysWithIt()
    {
        kubeconfig = number => Kubeconfig(number, ("internal", "https://127.0.0.1:1"), Shoot());
        var client = access.Connect(Shop, "uid-1");

        await client.Version.GetCodeAsync();
        await client.Version.GetCodeAsync();

        Assert.Equal(2, shoot.Requests.Count);
        Assert.Single(garden.Requests);
    }

    [Fact]
    public async Task Request_NoAddressAnswers_NamesShootAndAddress()
    {
        kubeconfig = number => Kubeconfig(number, ("external", "https://127.0.0.1:1"));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => access.Connect(Shop, "uid-1").Version.GetCodeAsync());

        Assert.True(error.IsTransient);
        Assert.Equal(
            "The API of shoot garden-retail/shop gives no answer: 127.0.0.1:1 cannot be reached: nothing listens there (connection refused).", error.Message);
    }

    [Fact]
    public async Task Request_RightIsMissing_NamesVerbAndResource()
    {
        refusal = HttpStatusCode.Forbidden;
        refusalMessage = """shoots.core.gardener.cloud "shop" is forbidden: User "robot" cannot create resource "shoots/viewerkubeconfig" in API group "core.gardener.cloud" in the namespace "garden-retail" """;

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => access.Connect(Shop, "uid-1").Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.Forbidden, error.Problem);
        Assert.Equal(
            "User \"robot\" lacks the right to create shoots/viewerkubeconfig.core.gardener.cloud in namespace garden-retail of the garden; ask its administrator for it.",
            error.Message);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, GardenAccessProblem.NotFound, "does not exist")]
    [InlineData(HttpStatusCode.UnprocessableEntity, GardenAccessProblem.NoShootAccess, "no address")]
    [InlineData(HttpStatusCode.InternalServerError, GardenAccessProblem.NoShootAccess, "answered 500")]
    [InlineData(HttpStatusCode.Unauthorized, GardenAccessProblem.Unauthorized, "401")]
    public async Task Request_GardenGivesNoKubeconfig_SaysWhy(HttpStatusCode status, GardenAccessProblem problem, string expected)
    {
        refusal = status;

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => access.Connect(Shop, "uid-1").Version.GetCodeAsync());

        Assert.Equal(problem, error.Problem);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/true}")]
    [InlineData("tokenFile: /etc/hostname")]
    public async Task Request_KubeconfigNamesProgramsOrFiles_IsRefused(string user)
    {
        kubeconfig = _ => TestKubeconfig.For(shoot, shootAuthority, user);

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => access.Connect(Shop, "uid-1").Version.GetCodeAsync());

        Assert.Equal(GardenAccessProblem.InvalidKubeconfig, error.Problem);
        Assert.Empty(shoot.Requests);
    }

    private (string Name, string Server) Shoot() => ("external", shoot.Address.GetLeftPart(UriPartial.Authority));

    private static string Answer(string yaml) => new JsonObject
    {
        ["kind"] = "ViewerKubeconfigRequest",
        ["status"] = new JsonObject
        {
            ["kubeconfig"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(yaml)),
            ["expirationTimestamp"] = DateTimeOffset.UtcNow.AddHours(1).ToString("O"),
        },
    }.ToJsonString();

    private string Kubeconfig(int number, params (string Name, string Server)[] addresses)
    {
        var (certificate, key) = clients.Client($"viewer-{number}");
        var yaml = new StringBuilder("apiVersion: v1\nkind: Config\n").Append($"current-context: garden-retail--shop-{addresses[0].Name}\ncontexts:\n");
        foreach (var (name, _) in addresses)
        {
            yaml.Append($"- name: garden-retail--shop-{name}\n  context: {{cluster: c-{name}, user: viewer}}\n");
        }

        yaml.Append("clusters:\n");
        foreach (var (name, server) in addresses)
        {
            yaml.Append($"- name: c-{name}\n  cluster: {{server: \"{server}\", certificate-authority-data: {shootAuthority.Base64}}}\n");
        }

        return yaml.Append($"users:\n- name: viewer\n  user: {{client-certificate-data: {TestAuthority.Encode(certificate)}, client-key-data: {TestAuthority.Encode(key)}}}\n").ToString();
    }
}
