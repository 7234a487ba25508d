using Dualstack.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace Dualstack.Worker.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Arguments_ShortAndLongForms_BecomeSettings()
    {
        var arguments = WorkerArguments.Parse(["--address", "temporal:7233", "--garden=live", "--Limits:ConcurrentActivities", "7"]);
        var settings = Read(arguments.Settings);
        Assert.Equal("temporal:7233", settings.Temporal.Address);
        Assert.Equal("live", settings.Garden.Identity);
        Assert.Equal(7, settings.Limits.ConcurrentActivities);
    }

    [Theory]
    [InlineData("--adress", "x")]
    [InlineData("migrate")]
    [InlineData("--garden")]
    public void Arguments_NotUnderstood_AreNamed(params string[] arguments)
    {
        var refused = Assert.Throws<ConfigurationException>(() => WorkerArguments.Parse(arguments));
        Assert.Contains(arguments[0], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_TemporalsOwnVariables_AreTaken()
    {
        var environment = new Dictionary<string, string>
        {
            ["TEMPORAL_ADDRESS"] = "cloud:443",
            ["TEMPORAL_NAMESPACE"] = "prod",
            ["TEMPORAL_API_KEY"] = "sesame",
            ["TEMPORAL_TLS_SERVER_NAME"] = "temporal.example",
            ["TEMPORAL_TLS_CLIENT_CERT_PATH"] = "/tls/cert.pem",
            ["TEMPORAL_TLS_CLIENT_KEY_PATH"] = "/tls/key.pem",
        };
        var temporal = Read(TemporalEnvironment.Read(environment.GetValueOrDefault)).Temporal;
        Assert.Equal("cloud:443", temporal.Address);
        Assert.Equal("prod", temporal.Namespace);
        Assert.Equal("sesame", temporal.ApiKey);
        Assert.Equal("temporal.example", temporal.Tls.ServerName);
        Assert.Equal("/tls/key.pem", temporal.Tls.ClientKeyPath);
        Assert.DoesNotContain("sesame", temporal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Temporal:Address", "temporal.example", "host:port")]
    [InlineData("Temporal:Namespace", " ", "--namespace")]
    [InlineData("Temporal:Adress", "x:1", "Temporal")]
    [InlineData("Temporal:Tls:ClientCertificatePath", "/tls/cert.pem", "TEMPORAL_TLS_CLIENT_KEY_PATH")]
    [InlineData("Health:Port", "70000", "Health:Port")]
    [InlineData("Limits:ConcurrentActivities", "1", "observing the garden")]
    [InlineData("Limits:GracefulShutdown", "soon", "Limits:GracefulShutdown")]
    [InlineData("Health:Port", "abc", "Health:Port")]
    [InlineData("Temporal:Tls:Enabled", "yes", "Temporal:Tls:Enabled")]
    public void Settings_Unusable_AreNamed(string key, string value, string says)
    {
        var refused = Assert.Throws<ConfigurationException>(() => Read(new Dictionary<string, string?> { [key] = value }));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_HostVerificationOff_IsRefused() => Assert.Throws<ConfigurationException>(
        () => TemporalEnvironment.Read(name => name == "TEMPORAL_TLS_DISABLE_HOST_VERIFICATION" ? "true" : null));

    [Theory]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    public void Environment_TlsAsANumber_WasTakenForNoTruth(string value, bool expected) =>
        Assert.Equal(expected, Read(TemporalEnvironment.Read(name => name == "TEMPORAL_TLS" ? value : null)).Temporal.Tls.Enabled);

    [Fact]
    public void Environment_TlsIsNoTruth_DidNotNameTheVariable()
    {
        var refused = Assert.Throws<ConfigurationException>(() => TemporalEnvironment.Read(name => name == "TEMPORAL_TLS" ? "yes" : null));
        Assert.Contains("TEMPORAL_TLS is \"yes\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_GardenAsForTheCommandLine_WasNotTakenByTheWorker()
    {
        // The prefix DUALSTACK_ gives all settings, and so the section as a whole a value.
        IEnumerable<KeyValuePair<string, string?>> all = [KeyValuePair.Create("GARDEN", (string?)"live"), .. GardenEnvironment.Read(_ => "live")];
        Assert.Equal("live", Read(all).Garden.Identity);
    }

    [Fact]
    public void Namespaces_SeveralAreConfigured_AreRead() => Assert.Equal(
        ["garden-a", "garden-b"],
        Read(WorkerArguments.Parse(["--Garden:Namespaces:0", "garden-a", "--Garden:Namespaces:1", "garden-b"]).Settings).Garden.Namespaces);

    [Theory]
    [InlineData("dotnet run --project src/Starter -- dev", true)]
    [InlineData("/usr/share/dotnet/dotnet run", true)]
    [InlineData("dotnet /usr/share/dotnet/sdk/10.0.100/dotnet.dll run", true)]
    [InlineData("dotnet test", false)]
    [InlineData("dotnet dualstack.dll run", false)]
    [InlineData("bash -c dotnet run", false)]
    public void DotnetRun_OtherParents_AreNotFollowed(string commandLine, bool expected) =>
        Assert.Equal(expected, Running.DotnetRun.IsDotnetRun(commandLine.Split(' ')));

    private static WorkerSettings Read(IEnumerable<KeyValuePair<string, string?>> settings) =>
        WorkerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
