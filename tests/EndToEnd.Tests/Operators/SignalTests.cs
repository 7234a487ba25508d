using System.Text;
using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Dualstack.EndToEnd.Tests.Operators;

/// <summary>What people and the garden do to a migration that waits for its nodes.</summary>
public sealed class SignalTests(SignalTests.Fixture fixture) : IClassFixture<SignalTests.Fixture>
{
    private Installation Site => fixture.Site;

    [Fact]
    public async Task NodesDone_NoWorkerRuns_IsRecordedAndCheckedWhenOneDoes()
    {
        await WaitingAsync("offline");
        await Site.KillWorkerAsync();
        try
        {
            var done = await Site.Cli.RunAsync("nodes", "done", "garden-retail/offline", "--reason", "replaced by hand");
            Assert.True(done.ExitCode == 0, done.ToString());
            Assert.Contains("recorded", done.StandardOutput + done.StandardError, StringComparison.OrdinalIgnoreCase);
            await Site.Garden.RollAsync(Shoots.Namespace, "offline");
            await Site.NodesAreDualAsync("offline");
        }
        finally
        {
            await Site.StartWorkerAsync();
        }

        Assert.Equal(MigrationOutcome.Succeeded, (await Site.ResultAsync("offline")).Outcome);
    }

    [Fact]
    public async Task NodeRolloutCompleted_AnyPayloadOfTheTemporalUi_IsTakenAsAClaimAndChecked()
    {
        await WaitingAsync("raw");
        var claim = await ClaimAsync([]);
        Assert.Contains(claim.Missing, pool => pool.Done < pool.Total);
        Assert.Equal("Pat", (await ClaimAsync([Raw("json/plain", """{"by":"Pat","reason":"all done"}""")])).By);
        await ClaimAsync([Raw("json/plain", "{}")]);
        await ClaimAsync([Raw("json/plain", "null")]);
        await ClaimAsync([Raw("json/plain", """["a",1,{"b":[]}]""")]);
        await ClaimAsync([Raw("json/plain", "\"nodes are done\"")]);
        await ClaimAsync([Raw("json/plain", "42"), Raw("json/plain", "true")]);
        Assert.Contains("all nodes replaced", (await ClaimAsync([Raw("json/plain", "all nodes replaced, see ticket 7")])).NotUnderstood, StringComparison.Ordinal);
        await ClaimAsync([Raw("binary/plain", "done")]);
        await ClaimAsync([Raw("binary/encrypted", "\u0001\u0002")]);

        // The next periodic run would show by itself that the nodes are done.
        var standstill = await Site.Garden.ArmAsync("GardenletDown", "raw", times: 0);
        await Site.Garden.RollAsync(Shoots.Namespace, "raw");
        await Site.NodesAreDualAsync("raw");
        await Site.Migration("raw").SignalAsync(MessageNames.NodeRolloutCompleted, [Raw("binary/plain", "really done")]);
        await Site.Garden.DisarmAsync(standstill);
        Assert.Equal(MigrationOutcome.Succeeded, (await Site.ResultAsync("raw")).Outcome);

        static RawValue Raw(string encoding, string text) => new(new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8(encoding) },
            Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(text)),
        });

        async Task<ClaimVerdict> ClaimAsync(object?[] payloads)
        {
            var before = (await Site.StatusAsync("raw")).Claim?.RequestId;
            await Site.Migration("raw").SignalAsync(MessageNames.NodeRolloutCompleted, payloads);
            var status = await Site.WaitForStatusAsync(
                "raw", status => status.Claim is { State: not ClaimState.Recorded } verdict && verdict.RequestId != before);
            Assert.Equal(ClaimState.Missing, status.Claim!.State);
            return status.Claim;
        }
    }

    [Fact]
    public async Task NodesDone_UnknownPool_NamesThePoolsAndChangesNothing()
    {
        await WaitingAsync("pools");
        var done = await Site.Cli.RunAsync("nodes", "done", "garden-retail/pools", "--pool", "gpu", "--reason", "replaced");
        Assert.True(done.ExitCode == 2, done.ToString());
        Assert.Contains("gpu", done.StandardOutput + done.StandardError, StringComparison.Ordinal);
        Assert.Contains("load", done.StandardOutput + done.StandardError, StringComparison.Ordinal);
        Assert.Equal(WaitingFor.Operator, (await Site.StatusAsync("pools")).WaitingFor);
    }

    [Fact]
    public async Task Migrate_SecondTime_LeavesTheFirstAlone()
    {
        await WaitingAsync("twice");
        var first = (await Site.Migration("twice").DescribeAsync()).RunId;
        var second = await Site.Cli.RunAsync("migrate", "garden-retail/twice");
        Assert.Contains("garden-retail/twice", second.StandardOutput + second.StandardError, StringComparison.Ordinal);
        Assert.Equal(first, (await Site.Migration("twice").DescribeAsync()).RunId);
        Assert.Single(await Site.Garden.WritesAsync("twice"), write => write.SetsFamilies);
    }

    [Fact]
    public async Task Recreate_DuringTheMigration_LeavesTheNewShootAlone()
    {
        await WaitingAsync("reborn");
        var before = (await Site.Garden.WritesAsync("reborn")).Count;
        await Site.Garden.RecreateAsync(Shoots.Namespace, "reborn");
        await Site.Migration("reborn").SignalAsync(MessageNames.NodeRolloutCompleted, []);

        var result = await Site.ResultAsync("reborn");
        Assert.NotEqual(MigrationOutcome.Succeeded, result.Outcome);
        Assert.Equal(before, (await Site.Garden.WritesAsync("reborn")).Count);
        var shoot = await Site.Garden.ShootAsync(Shoots.Namespace, "reborn");
        Assert.Single(shoot["spec"]!["networking"]!["ipFamilies"]!.AsArray());
    }

    [Fact]
    public async Task Delete_DuringTheMigration_EndsItWithASentence()
    {
        await WaitingAsync("vanished");
        await Site.Garden.VanishAsync(Shoots.Namespace, "vanished");
        var result = await Site.ResultAsync("vanished");
        Assert.Equal(MigrationOutcome.NotApplicable, result.Outcome);
        Assert.Contains("garden-retail/vanished", result.Sentence, StringComparison.Ordinal);

        var done = await Site.Cli.RunAsync("nodes", "done", "garden-retail/vanished", "--reason", "too late");
        Assert.True(done.ExitCode == 5, done.ToString());
        Assert.Contains("ended", done.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watches_BrokenByTheGarden_LoseNoNews()
    {
        // Only the observer's news can wake this one in time.
        await Site.MigrateAsync("watched", RolloutMode.OnApproval, fallback: TimeSpan.FromHours(1));
        await Site.Garden.ArmAsync("CloseWatches", shoot: null);
        await Site.WaitForStatusAsync("watched", status => status.WaitingFor == WaitingFor.Approval);
        await Site.Garden.ArmAsync("ExpireWatches", shoot: null);
        await Site.ApproveAsync("watched");
        await Site.Garden.ArmAsync("CloseWatches", shoot: null);
        await Site.WaitForStatusAsync("watched", status => status.Stage > MigrationStage.RollNodes);
        await Site.Garden.ArmAsync("ExpireWatches", shoot: null);
        await Site.WaitForStatusAsync("watched", status => status.Stage == MigrationStage.Verify);
    }

    private Task<ShootMigrationStatus> WaitingAsync(string shoot) => Site.WaitForStatusAsync(shoot, status => status.WaitingFor == WaitingFor.Operator);

    public sealed class Fixture() : InstallationFixture(new InstallationOptions
    {
        Shoots = directory =>
        {
            Shoots.Write(directory, Waiting);
            // Without hourly runs. One that is looked into by chance is waited for until the fallback, since its end changes nothing.
            Shoots.WriteConfined(directory, ["watched"]);
        },
    })
    {
        private static readonly string[] Waiting = ["offline", "raw", "pools", "twice", "reborn", "vanished"];

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await Task.WhenAll(Waiting.Select(shoot => Site.MigrateAsync(shoot)));
        }
    }
}
