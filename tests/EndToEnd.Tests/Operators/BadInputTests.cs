using System.Globalization;
using System.Text.RegularExpressions;
using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.EndToEnd.Tests.Processes;

namespace Dualstack.EndToEnd.Tests.Operators;

/// <summary>Bad input gets one clear sentence on stderr, nothing on stdout, and the documented exit code.</summary>
public sealed partial class BadInputTests(CommonInstallation common) : IClassFixture<CommonInstallation>
{
    private Installation Site => common.Site;

    [Theory]
    [InlineData("garden-retail/nowhere")]
    [InlineData("garden-elsewhere/idle")]
    public async Task Migrate_UnknownShoot_IsNotFound(string shoot) =>
        Refused(await Site.Cli.RunAsync("migrate", shoot), 5, shoot);

    [Theory]
    [InlineData("shop")]
    [InlineData("a/b/c")]
    [InlineData("garden-retail/")]
    public async Task Migrate_NotAShootsName_IsWrongUsage(string shoot) =>
        Refused(await Site.Cli.RunAsync("migrate", shoot), 2, "shoot");

    [Theory]
    [InlineData("status", "garden-retail/idle")]
    [InlineData("nodes", "done", "garden-retail/idle", "--reason", "done")]
    [InlineData("nodes", "approve", "garden-retail/idle", "--reason", "open")]
    [InlineData("cancel", "garden-retail/idle", "--reason", "enough")]
    public async Task Command_NoMigrationOfTheShoot_IsNotFound(params string[] arguments) =>
        Refused(await Site.Cli.RunAsync(arguments), 5, "garden-retail/idle");

    [Fact]
    public async Task Migrate_WrongNamespaceOfTemporal_SaysWhichIsMissing() =>
        Refused(await Site.Cli.RunAsync("migrate", "garden-retail/idle", "--namespace", "elsewhere"), 1, "elsewhere");

    [Fact]
    public async Task Migrate_ReadingForbidden_NamesTheVerb()
    {
        var fault = await Site.Garden.ArmAsync("AnswerWith", "secret", code: 403, times: 0, verb: "get", resource: "shoots");
        Refused(await Site.Cli.RunAsync("migrate", "garden-retail/secret"), 4, "get");
        await Site.Garden.DisarmAsync(fault);
    }

    [Fact]
    public async Task Migrate_WritingForbidden_NamesTheVerbAndWritesNothing()
    {
        var fault = await Site.Garden.ArmAsync("AnswerWith", "locked", code: 403, times: 0, verb: "patch", resource: "shoots");
        var migrate = await Site.Cli.RunAsync("migrate", "garden-retail/locked", "--wait");
        Assert.True(migrate.ExitCode is 3 or 4, migrate.ToString());
        Assert.Contains("patch", migrate.StandardOutput + migrate.StandardError, StringComparison.Ordinal);
        Assert.Empty(await Site.Garden.WritesAsync("locked"));
        await Site.Garden.DisarmAsync(fault);
    }

    [Fact]
    public async Task Command_TemporalOutOfReach_SaysWhereAndWhatToDo()
    {
        var nobody = Address();
        var list = await Site.Cli.With("TEMPORAL_ADDRESS", nobody).RunAsync("list");
        Refused(list, 1, nobody);
        Assert.Contains("dualstack dev", list.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_GardenOutOfReach_SaysWhere()
    {
        var nobody = Address();
        Refused(await MigrateWithAsync(kubeconfig => kubeconfig.Replace(
            Site.GardenPort.ToString(CultureInfo.InvariantCulture), nobody.Split(':')[1], StringComparison.Ordinal)), 1, nobody);
    }

    [Fact]
    public async Task Migrate_TokenNotAccepted_IsARightMissingInOneSentence()
    {
        var refused = await MigrateWithAsync(kubeconfig => Token().Replace(kubeconfig, "token: somebody-elses"));
        Refused(refused, 4, "did not accept the credentials");
        Assert.Single(refused.StandardError.Trim().Split('\n'));
        Assert.DoesNotContain("somebody-elses", refused.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_NoKubeconfig_SaysSo()
    {
        var missing = Path.Combine(Path.GetTempPath(), "there-is-no-such-kubeconfig");
        Refused(await Site.Cli.With("KUBECONFIG", missing).RunAsync("migrate", "garden-retail/idle"), 2, "kubeconfig");
    }

    [Fact]
    public async Task Dev_MalformedManifest_NamesFileAndLine()
    {
        var directory = Directory.CreateTempSubdirectory("dualstack-manifests-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "broken.yaml"), "kind: Shoot\nmetadata:\n  name: [unclosed\nspec: {}\n");
        try
        {
            var dev = await Site.Cli.RunAsync(
                "dev", "--shoots", directory, "--data", Path.Combine(directory, "data"), "--port", "0", "--garden-port", "0");
            Refused(dev, 2, "broken.yaml");
            Assert.Matches("[Ll]ine [345]|:[345]", dev.StandardError);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Demo_DirectoryWithoutShoots_SaysSo()
    {
        var directory = Directory.CreateTempSubdirectory("dualstack-manifests-").FullName;
        try
        {
            Refused(await Site.Cli.RunAsync("demo", "--shoots", directory), 2, directory);
        }
        finally
        {
            Directory.Delete(directory);
        }
    }

    [GeneratedRegex("token: .*")]
    private static partial Regex Token();

    private static string Address() => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Ports.Free(1)[0]}");

    /// <summary>Migrates with the installation's kubeconfig after a change.</summary>
    private async Task<CliResult> MigrateWithAsync(Func<string, string> change)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var kubeconfig = await File.ReadAllTextAsync(Site.KubeconfigPath);
        Assert.NotEqual(kubeconfig, change(kubeconfig));
        await File.WriteAllTextAsync(path, change(kubeconfig));
        try
        {
            return await Site.Cli.With("KUBECONFIG", path).RunAsync("migrate", "garden-retail/idle");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Refused(CliResult result, int exitCode, string says)
    {
        Assert.True(result.ExitCode == exitCode, $"expected {exitCode}: {result}");
        Assert.Contains(says, result.StandardError, StringComparison.Ordinal);
        Assert.True(result.StandardOutput.Length == 0, result.ToString());
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
    }
}
