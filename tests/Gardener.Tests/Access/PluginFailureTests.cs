using Dualstack.Gardener.Access;
using k8s;

namespace Dualstack.Gardener.Tests.Access;

public sealed class PluginFailureTests : PluginTestBase
{
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
    public async Task Run_PluginFailsInAWorker_KeepsToItselfWhatItSays()
    {
        Script("echo 'refused: refresh_token=secret' >&2\nexit 4");
        using var connection = Open(TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec()));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.EndsWith("gave no credentials: it ended with exit code 4.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PluginFailsWithSomebodyAtTheTerminal_TellsItsLastWordsAndNothingItPrinted()
    {
        Script("echo half-a-token\necho warming up >&2\necho 'login expired, run gardenctl login' >&2\necho >&2\nexit 4");
        using var connection = Open(
            TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec()),
            options => options with { Interactive = true, PluginOutput = TextWriter.Null });

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
        Script($"sleep 600 &\necho $! > {Folder.At("child.tmp")}\nmv {Folder.At("child.tmp")} {Folder.At("child")}\nwait");
        using var connection = Open(
            TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec()), options => options with { PluginTimeout = TimeSpan.FromSeconds(1) });

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.EndsWith("it did not end within 1 s and was stopped.", error.Message, StringComparison.Ordinal);
        var child = Folder.Read("child").Trim();
        Assert.True(SpinWait.SpinUntil(() => !IsAlive(child), TimeSpan.FromSeconds(5)), "the plugin's child lives on");
    }

    [Fact]
    public async Task Run_PluginThatNeedsATerminal_IsNotRunWithoutOne()
    {
        Script($"touch {Folder.At("ran")}");
        using var connection = Open(TestKubeconfig.For(new Uri("https://127.0.0.1:1"), "tls-server-name: x", Exec("interactiveMode: Always")));

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Contains("needs somebody at the terminal", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder.At("ran")));
    }

    private static bool IsAlive(string pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
}
