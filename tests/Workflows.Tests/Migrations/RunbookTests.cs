using Dualstack.Workflows.Tests.Evidence;

namespace Dualstack.Workflows.Tests.Migrations;

public sealed class RunbookTests
{
    private static readonly ShootMigrationRequest Request = new() { Shoot = new ShootKey("g", "garden-test", "shop") };

    [Fact]
    public void Runbook_Blocked_ShowsReasonEvidenceAndCommand()
    {
        var state = new MigrationState
        {
            Stage = MigrationStage.Preflight,
            WaitingFor = WaitingFor.Help,
            Sentence = "The pod network uses an overlay.",
            NextCommand = "dualstack retry garden-test/shop --reason \"fixed\"",
            Blocked = new BlockedReason(BlockedCode.OverlayNetwork, "s", "c", "overlay.enabled is true"),
            Observation = Observations.SingleStack(),
        };

        var page = MigrationRunbook.Write(MigrationRunbook.Status(Request, state));

        Assert.Contains("**Preflight**", page, StringComparison.Ordinal);
        Assert.Contains("waits for **Help**", page, StringComparison.Ordinal);
        Assert.Contains("dualstack retry garden-test/shop", page, StringComparison.Ordinal);
        Assert.Contains("overlay.enabled is true", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Runbook_PayloadThatWasNotUnderstood_CannotBreakThePage()
    {
        var claim = ClaimParser.Parse("``` <script>", "r", DateTimeOffset.UnixEpoch);

        var page = MigrationRunbook.Write(MigrationRunbook.Status(Request, new MigrationState { Claim = claim, Nodes = Observations.Nodes(1, 2) }));

        Assert.DoesNotContain("``` <script>", page, StringComparison.Ordinal);
        Assert.Contains("| a | 1 | 2 |", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 1, 4000);
    }
}
