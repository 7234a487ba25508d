using System.Net;
using System.Net.Sockets;
using Dualstack.Starter.Cli;

namespace Dualstack.Starter.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("frobnicate", "There is no command \"frobnicate\".")]
    [InlineData("nodes finished garden-retail/shop", "There is no command \"finished\".")]
    [InlineData("migrate shop", "<namespace>/<shoot>")]
    [InlineData("migrate Garden/Shop", "lower-case")]
    [InlineData("migrate garden-retail/shop --rollout Sometimes", "Sometimes")]
    [InlineData("migrate garden-retail/shop --wait --timeout soon", "30d, 4h, 90m")]
    [InlineData("nodes done garden-retail/shop", "--reason")]
    [InlineData("nodes done garden-retail/shop --reason= ", "--reason")]
    [InlineData("pause garden-retail/shop --reason x --pool y", "--pool")]
    [InlineData("setup --retention 1d", "at least 30d")]
    [InlineData("dev --port 70000", "65535")]
    [InlineData("demo --speed fast", "--speed")]
    [InlineData("demo --speed 0", "--speed")]
    [InlineData("list -o 5", "Table, Json")]
    public async Task Command_CannotBeUnderstood_IsWrongUsage(string line, string says) =>
        (await new Cli().RunAsync(line.Split(' '))).IsRefused(2, says, "Nothing was sent");

    [Theory]
    [InlineData("migrate garden-retail/shop --rollout 7", "Manual, OnApproval")]
    [InlineData("list -o 1", "Table, Json")]
    [InlineData("list --outcome 99", "Succeeded, ")]
    [InlineData("list --stage 1", "Preflight, ")]
    [InlineData("list --waiting-for 2", "Operator, ")]
    [InlineData("list --color 1", "Auto, Always, Never")]
    [InlineData("list --limit -1", "at least 1")]
    public void Option_NumberForAWord_WasTaken(string line, string says) =>
        Assert.Contains(CliApplication.Root().Parse(line).Errors, error => error.Message.Contains(says, StringComparison.Ordinal));

    [Theory]
    [InlineData("demo --speed NaN", "--speed")]
    [InlineData("dev --speed=-1", "--speed")]
    [InlineData("dev --gardener-version foo", "v1.149.3")]
    [InlineData("dev --gardener-version v1.126", "v1.149.3")]
    public void Simulator_ImpossibleSetting_WasToldAsUnexpected(string line, string says) =>
        Assert.Contains(CliApplication.Root().Parse(line).Errors, error => error.Message.Contains(says, StringComparison.Ordinal));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "foo")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/nowhere")]
    public async Task Command_TelemetryCannotBeSetUp_EndedWithAStackTrace(string name, string value)
    {
        var cli = new Cli().With(name, value);
        (await cli.RunAsync("list")).IsRefused(2, "OTEL_EXPORTER_OTLP_");
        (await cli.RunAsync("version")).Succeeds();
    }

    [Theory]
    [InlineData("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/etc/hostname", "is not PEM")]
    [InlineData("TEMPORAL_TLS_SERVER_CA_CERT_DATA", "no certificate", "is not PEM")]
    [InlineData("TEMPORAL_TLS", "yes", "TEMPORAL_TLS")]
    public async Task Command_EncryptionCannotBeSetUp_WasToldAsOutOfReach(string name, string value, string says) =>
        (await new Cli().With(name, value).RunAsync("list")).IsRefused(2, says);

    [Theory]
    [InlineData("http://127.0.0.1:7233")]
    [InlineData("temporal")]
    public async Task Command_MalformedAddress_IsWrongUsage(string address) =>
        (await new Cli().With("TEMPORAL_ADDRESS", address).RunAsync("list")).IsRefused(2, address, "host:port", "TEMPORAL_ADDRESS");

    [Fact]
    public async Task Command_TemporalUnreachable_SaysWhereAndWhatToDo()
    {
        var address = UnusedAddress();
        (await new Cli().RunAsync("list", "--address", address)).IsRefused(1, address, "dualstack dev", "--address");
    }

    [Fact]
    public async Task Command_ApiKeyAndUnreadableCertificate_NamesTheFileAndNotTheKey()
    {
        var result = await new Cli()
            .With("TEMPORAL_API_KEY", "sesame")
            .With("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/nowhere/ca.pem")
            .RunAsync("list");
        result.IsRefused(2, "/nowhere/ca.pem");
        Assert.DoesNotContain("sesame", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_NoKubeconfig_SaysWhatToDo()
    {
        var home = Directory.CreateTempSubdirectory("dualstack-home-");
        try
        {
            (await new Cli().With("HOME", home.FullName).RunAsync("migrate", "garden-retail/shop")).IsRefused(2, "kubeconfig", "dualstack dev");
        }
        finally
        {
            home.Delete();
        }
    }

    [Fact]
    public async Task Version_StandIn_SaysSoLoudly()
    {
        var version = await new Cli().RunAsync("version");
        version.Succeeds();
        Assert.Contains("dualstack", version.Output, StringComparison.Ordinal);
        Assert.Equal(
            version.Output.Contains("standin", StringComparison.Ordinal),
            version.Error.Contains("STAND-IN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("migrate", "dualstack migrate garden-retail/shop --dry-run")]
    [InlineData("status", "dualstack status garden-retail/shop --watch")]
    [InlineData("nodes done", "dualstack nodes done garden-retail/shop --reason")]
    public async Task Help_CommandsOfEveryDay_ShowLinesToCopy(string command, string example)
    {
        var help = await new Cli().RunAsync([.. command.Split(' '), "--help"]);
        help.Succeeds();
        Assert.Contains(example, help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("migrate")]
    [InlineData("nodes")]
    public async Task Help_AnyCommand_IsAResult(string command)
    {
        var help = await new Cli().RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        help.Succeeds();
        Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
    }

    private static string UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }
}
