using System.Globalization;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;
using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>Shoots with more pools than an observation lists.</summary>
public sealed class ManyPoolsDecisionTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 25).Select(number => $"p{number.ToString("D2", CultureInfo.InvariantCulture)}")];

    [Fact]
    public void PoolOutOfManyApproved_RolledWhileMoreThanTwentyAreNot_IsEffective()
    {
        var garden = new ScriptedGarden(1, Names);
        var left = new Stack<string>(Names);
        var blocked = new List<BlockedReason>();
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            AtWait = (migration, wait) =>
            {
                if (wait.Blocked is { } reason)
                {
                    blocked.Add(reason);
                }

                if (wait.For == WaitingFor.Approval)
                {
                    migration.Change(state => MessageChanges.Approved(state, Approval(left.Pop())));
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run(5000).Outcome);
        Assert.Empty(blocked);
        Assert.Equal(Names.Reverse().Select(name => $"rollout-workers={name}"), garden.Operations);
    }

    [Fact]
    public void MostOfManyPoolsApproved_AllOfThemRolled_AreEffectiveTogether()
    {
        var garden = new ScriptedGarden(1, [.. Names, .. Names.Select(name => $"q{name}")]);
        var blocked = new List<BlockedReason>();
        var approvals = 0;
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            AtWait = (migration, wait) =>
            {
                if (wait.Blocked is { } reason)
                {
                    blocked.Add(reason);
                }

                if (wait.For == WaitingFor.Approval)
                {
                    var pools = approvals++ == 0 ? Names.Select(name => $"q{name}") : Names;
                    migration.Change(state => MessageChanges.Approved(state, Approval([.. pools])));
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Empty(blocked);
        Assert.Equal((2, 2), (approvals, garden.Rollouts));
    }

    [Fact]
    public void UnknownPoolApproved_WhereTheListIsCut_IsSaidAndAnotherApprovalIsTaken()
    {
        var garden = new ScriptedGarden(1, Names);
        var sentences = new List<string>();
        var driver = new MigrationDriver(garden, RolloutMode.OnApproval)
        {
            AtWait = (migration, wait) =>
            {
                if (wait.For == WaitingFor.Approval)
                {
                    sentences.Add(wait.Sentence);
                    Assert.StartsWith("dualstack nodes approve garden-test/shop", wait.NextCommand, StringComparison.Ordinal);
                    var approval = sentences.Count == 1 ? Approval("zz") : Approval();
                    Assert.Null(RequestRules.ObjectionToApproval(migration.State, RolloutMode.OnApproval, approval));
                    migration.Change(state => MessageChanges.Approved(state, approval));
                }
            },
        };

        Assert.Equal(MigrationOutcome.Succeeded, driver.Run().Outcome);
        Assert.Equal(2, sentences.Count);
        Assert.Contains("There is no worker pool \"zz\".", sentences[1], StringComparison.Ordinal);
        Assert.Equal(["rollout-workers=*"], garden.Operations);
    }

    [Fact]
    public void PoolOutOfManyClaimed_ThatIsNotDoneAndLeftOutOfTheList_IsNotConfirmed()
    {
        var nodes = Observations.Nodes(0, 25) with
        {
            PoolCount = 25,
            Pools = [.. Names.Take(20).Select(name => new PoolObservation(name, 1, 0, 1))],
        };
        var state = new MigrationState
        {
            Stage = MigrationStage.RollNodes,
            Nodes = nodes,
            Observation = Observations.Dual("Progressing") with { PoolCount = 25, Pools = [.. Names.Take(20)] },
            Claim = new ClaimVerdict { RequestId = "c", Pools = [Names[24]] },
        };

        Assert.Equal(ClaimState.Missing, ClaimDecision.Judge(state).Claim!.State);
        Assert.Equal([Names[24]], ClaimDecision.PoolsAskedAbout(state));
    }

    [Fact]
    public void PoolWithoutNodesClaimed_WhereTheListOfPoolsIsCut_IsSaidToHaveNone()
    {
        var state = new MigrationState
        {
            Stage = MigrationStage.RollNodes,
            Nodes = Observations.Nodes(1, 25) with
            {
                PoolCount = 25,
                PoolsDone = 1,
                Pools = [new PoolObservation("zz", 0, 0, 0), .. Names.Take(19).Select(name => new PoolObservation(name, 1, 0, 1))],
            },
            Observation = Observations.Dual("Progressing") with { PoolCount = 25, Pools = [.. Names.Take(20)] },
            Claim = new ClaimVerdict { RequestId = "c", Pools = ["zz"] },
        };

        Assert.Equal("Confirmed: 1 of 25 nodes are dual-stack; there are none in zz.", ClaimDecision.Judge(state).Claim!.Sentence);
    }

    [Fact]
    public void WriteThatIsDecidedAnewAgainAndAgain_SaysWhatStandsAgainstIt()
    {
        const string Why = "The shoot changed meanwhile: generation 4 instead of 3.";
        var observation = Observations.SingleStack();
        var request = new ShootMigrationRequest { Shoot = new ShootKey("g", "garden-test", "shop") };
        var receipt = new WriteReceipt("i", WriteKind.IpFamilies, WriteOutcome.DecideAnew, 3, observation, Why);
        var state = new MigrationState { PreflightPassed = true, Observation = observation };
        for (var turn = 0; turn < 3; turn++)
        {
            state = EvidenceChanges.Wrote(state, request, receipt, DateTimeOffset.UnixEpoch);
        }

        var wait = Assert.IsType<NextStep.Wait>(new MigrationPlanner(request).Next(state, DateTimeOffset.UnixEpoch));

        Assert.Contains(Why, wait.Sentence, StringComparison.Ordinal);
    }

    private static OperatorRequest Approval(params string[] pools) => new() { RequestId = $"a-{string.Join('-', pools)}", By = "ann", Reason = "window", Pools = pools };
}
