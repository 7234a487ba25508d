using System.Text.Json.Nodes;
using k8s;

namespace Dualstack.Gardener.Tests.Access;

public sealed class PluginTests : PluginTestBase
{
    [Theory]
    [InlineData(V1)]
    [InlineData("client.authentication.k8s.io/v1beta1")]
    public async Task Run_ProvideClusterInfo_TellsServerAuthorityAndTheExtensionAsGardenloginNeedsThem(string version)
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script($"printf '%s' \"$KUBERNETES_EXEC_INFO\" > {Folder.At("info")}\n{Token("t", version: version)}");
        var cluster = $"""
            certificate-authority-data: {Authority.Base64}
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
                    ["certificate-authority-data"] = Authority.Base64,
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
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Folder.Read("info"))), Folder.Read("info"));
        Assert.Equal("Bearer t", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Run_WithoutProvideClusterInfo_TellsNothingOfTheCluster()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script($"printf '%s' \"$KUBERNETES_EXEC_INFO\" > {Folder.At("info")}\n{Token("t")}");
        using var connection = Open(TestKubeconfig.For(server, Authority, Exec()));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(["interactive"], JsonNode.Parse(Folder.Read("info"))!["spec"]!.AsObject().Select(field => field.Key));
    }

    [Fact]
    public async Task Run_ArgumentsWithSpacesAndVariables_ArriveAsTheyAre()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script($"for a in \"$@\"; do echo \"[$a]\"; done > {Folder.At("args")}\necho \"$COLOUR\" >> {Folder.At("args")}\n{Token("t")}");
        using var connection = Open(TestKubeconfig.For(
            server, Authority, Exec("args: [get-client-certificate, 'two words', '$HOME \"x\"']\n  env: [{name: COLOUR, value: dark green}]")));

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("[get-client-certificate]\n[two words]\n[$HOME \"x\"]\ndark green\n", Folder.Read("args"));
    }

    [Fact]
    public async Task Run_BareName_IsFoundInPathOnly()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script(Token("from-path"));
        using var connection = Open(
            TestKubeconfig.For(server, Authority, Exec(command: "plugin")),
            options => options with { Environment = name => name == "PATH" ? $"/nowhere{Path.PathSeparator}{Folder.Path}" : null });

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("Bearer from-path", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Run_SomebodyAtTheTerminal_SeesTheQuestion()
    {
        await using var server = await ApiPeer.StartAsync(Authority.Serve());
        Script($"printf '%s' \"$KUBERNETES_EXEC_INFO\" > {Folder.At("info")}\nprintf 'Password: ' >&2\n{Token("t")}");
        await using var terminal = new StringWriter();
        using var connection = Open(
            TestKubeconfig.For(server, Authority, Exec()), options => options with { Interactive = true, PluginOutput = terminal });

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal("Password: ", terminal.ToString());
        Assert.True(JsonNode.Parse(Folder.Read("info"))!["spec"]!["interactive"]!.GetValue<bool>());
    }
}
