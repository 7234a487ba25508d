using System.Text.Json;
using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.EndToEnd.Tests.Processes;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Operators;

/// <summary>People steer a migration by the command line: results on stdout, words for people and the next command on stderr, documented exit codes.</summary>
public sealed class CommandTests(CommonInstallation common) : IClassFixture<CommonInstallation>
{
    private Installation Site => common.Site;

    [Fact]
    public async Task Commands_InTheLifeOfAMigration_DoWhatTheySay()
    {
        const string Shoot = "garden-retail/steered";
        await WaitingAsync("steered");
        await using var watch = Site.Cli.Start("status", Shoot, "--watch");

        Answered(await Site.Cli.RunAsync("pause", Shoot, "--reason", "lunch"), 0, "accepted");
        var paused = await Site.Cli.RunAsync("status", Shoot);
        Answered(paused, 7, "lunch");
        Assert.Contains("dualstack resume garden-retail/steered", paused.StandardOutput, StringComparison.Ordinal);
        Answered(await Site.Cli.RunAsync("resume", Shoot, "--reason", "back"), 0, "accepted");
        await Site.WaitForStatusAsync("steered", status => status.WaitingFor == WaitingFor.Operator);
        Answered(await Site.Cli.RunAsync("retry", Shoot, "--reason", "to be sure"), 0, "accepted");

        var approve = await Site.Cli.RunAsync("nodes", "approve", Shoot, "--reason", "window open");
        Assert.True(approve.ExitCode == 1, approve.ToString());
        Assert.Contains("dualstack nodes done", approve.StandardError, StringComparison.Ordinal);

        Answered(await Site.Cli.RunAsync("cancel", Shoot, "--reason", "wrong week"), 0, "cancellation requested");
        await watch.WaitForExitAsync();
        Assert.True(watch.ExitCode == 6, watch.Output);
        var cancelled = await Site.Cli.RunAsync("status", Shoot);
        Answered(cancelled, 6, "wrong week");
        Assert.Contains("left in stage RollNodes", cancelled.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("dualstack migrate garden-retail/steered", cancelled.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_Waiting_EndsAsDocumentedWhileTheMigrationGoesOn()
    {
        string[] migrate = ["migrate", "garden-retail/awaited", "--wait"];
        var timedOut = await Site.Cli.RunAsync([.. migrate, "--timeout", "1s"]);
        Assert.True(timedOut.ExitCode == 9, timedOut.ToString());
        Assert.Contains("it goes on", timedOut.StandardError, StringComparison.Ordinal);
        var stopped = await Site.Cli.RunAsync([.. migrate, "--stop-for-people"]);
        Answered(stopped, 7, "dualstack nodes done garden-retail/awaited");

        await using var interrupted = Site.Cli.Start(migrate);
        await interrupted.WaitForLineAsync("waits for Operator");
        Assert.True(await interrupted.InterruptAsync() == 130, interrupted.Output);
        Assert.Contains("Migrations go on", interrupted.Output, StringComparison.Ordinal);
        Assert.Equal(WaitingFor.Operator, (await Site.StatusAsync("awaited")).WaitingFor);
        Assert.Single(await Site.Garden.WritesAsync("awaited"));
    }

    [Fact]
    public async Task NodesDone_OnePool_NamesWhatIsMissingOfThatPoolOnly()
    {
        await WaitingAsync("partly");
        var done = await Site.Cli.RunAsync("nodes", "done", "garden-retail/partly", "--pool", "load", "--reason", "replaced");
        Answered(done, 7, "load 2 of 2 missing");
        Assert.DoesNotContain("sys", done.StandardOutput + done.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodesDone_RequestRepeated_WasToldAsUnchecked()
    {
        await WaitingAsync("repeated");
        string[] first = ["nodes", "done", "garden-retail/repeated", "--request-id", "first", "--reason", "replaced"];
        Answered(await Site.Cli.RunAsync(first), 7, "Missing");
        Answered(await Site.Cli.RunAsync("nodes", "done", "garden-retail/repeated", "--reason", "replaced again"), 7, "Missing");
        Answered(await Site.Cli.RunAsync(first), 0, "unchanged; this request was recorded before");
    }

    [Fact]
    public async Task Output_Json_IsAloneOnStandardOutput()
    {
        await WaitingAsync("printed");
        foreach (var (arguments, exitCode) in new (string[], int)[]
        {
            (["list"], 0), (["status", "garden-retail/printed"], 7), (["migrate", "garden-retail/printed"], 0),
            (["nodes", "done", "garden-retail/printed", "--reason", "replaced"], 7), (["doctor"], 0), (["version"], 0),
        })
        {
            var result = await Site.Cli.RunAsync([.. arguments, "-o", "json"]);
            Assert.True(result.ExitCode == exitCode, $"{string.Join(' ', arguments)}: {result}");
            using var json = JsonDocument.Parse(result.StandardOutput);
            Assert.Equal("dualstack.dev/v1", json.RootElement.GetProperty("apiVersion").GetString());
        }
    }

    private static void Answered(CliResult result, int exitCode, string says)
    {
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.Contains(says, result.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
    }

    private async Task WaitingAsync(string shoot)
    {
        await Site.MigrateAsync(shoot);
        await Site.WaitForStatusAsync(shoot, status => status.WaitingFor == WaitingFor.Operator);
    }
}
