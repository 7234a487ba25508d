using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Decisions;

public sealed class UnrestTests
{
    private static readonly ShootObservation Rest = Observations.Dual("Progressing") with { Marked = true };
    private static readonly MigrationState Known = new() { PreflightPassed = true, Intents = 1, RestedGeneration = 3 };
    private static readonly ShootMigrationRequest Request = new() { Shoot = new ShootKey("g", "garden-test", "shop") };

    public static TheoryData<string, ShootObservation, bool> States { get; } = new()
    {
        { "at rest", Rest, false },
        { "a run", Rest.Running(), true },
        { "an error that is tried again", Rest.Running("Error"), true },
        { "a new generation", Rest with { Generation = 4 }, true },
        { "gave up", Rest.Running("Failed"), false },
        { "gave up for its rate", Rest.Running("Failed") with { ErrorCodes = ["ERR_INFRA_RATE_LIMITS_EXCEEDED"] }, true },
        { "somebody's operation", Rest with { PendingOperation = "maintain" }, true },
        { "moving", Rest with { SeedName = "x", StatusSeedName = "y" }, true },
        { "waking up", Rest with { Hibernated = true }, true },
        { "hibernated", Rest with { HibernationEnabled = true, Hibernated = true }, false },
        { "hibernates in a run", Rest.Running() with { HibernationEnabled = true }, false },
        { "being deleted", Rest.Running() with { Deleting = true }, false },
    };

    public static TheoryData<string, ShootObservation, MigrationState, bool> Tellings { get; } = new()
    {
        { "our run, under way", Rest.Running() with { Generation = 4, ObservedGeneration = 4 }, Known, true },
        { "our run, to come", Rest with { Generation = 4 }, Known, true },
        { "periodic run", Rest.Running(), Known, false },
        { "periodic run in error", Rest.Running("Error"), Known, false },
        { "not marked", Rest.Running() with { Generation = 4, ObservedGeneration = 4, Marked = false }, Known, false },
        { "marked by another migration", Rest.Running(), Known with { Intents = 0, RestedGeneration = null }, false },
        { "somebody's operation", Rest with { PendingOperation = "maintain" }, Known, true },
        { "somebody's operation, not marked", Rest with { PendingOperation = "maintain", Marked = false }, Known, false },
        { "moving", Rest with { SeedName = "x", StatusSeedName = "y" }, Known, false },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Unrest_OfAShoot_IsWhatPassesByItself(string name, ShootObservation observation, bool lasts)
    {
        Assert.NotEmpty(name);
        Assert.Equal(lasts, Unrest.Of(observation, null) is not null);
    }

    [Theory]
    [MemberData(nameof(Tellings))]
    public void Unrest_ThatNobodyTellsTheEndOf_IsLookedAt(string name, ShootObservation observation, MigrationState state, bool told)
    {
        Assert.NotEmpty(name);
        Assert.Equal(told, Unrest.IsTold(observation, state));
    }

    // Otherwise the look would end at once, again and again.
    [Theory]
    [MemberData(nameof(States))]
    public void Planner_LooksAtGardener_OnlyWhileTheLookWouldLast(string name, ShootObservation observation, bool lasts)
    {
        Assert.NotEmpty(name);
        foreach (var stage in Enum.GetValues<MigrationStage>())
        {
            var state = Known with { Observation = observation with { Marked = false }, Stage = stage, SeenDual = true, MarkTries = 3 };
            if (new MigrationPlanner(Request).Next(state, DateTimeOffset.UnixEpoch) is NextStep.Wait { Background: BackgroundLook.Gardener })
            {
                Assert.True(lasts, $"{stage}");
            }
        }
    }

    [Fact]
    public void Seen_RunThatHasEnded_IsRememberedByItsGeneration()
    {
        var known = EvidenceChanges.Saw(new MigrationState(), Rest, DateTimeOffset.UnixEpoch);
        var running = EvidenceChanges.Saw(known, Rest.Running() with { Generation = 4, ObservedGeneration = 4 }, DateTimeOffset.UnixEpoch);

        Assert.Equal((3, 3), (known.RestedGeneration, running.RestedGeneration));
    }

    [Fact]
    public void Look_GivenUp_IsNotBegunAgainUntilThereIsNewsOrRest()
    {
        var state = Known with { Observation = Rest.Running(), Stage = MigrationStage.ConfigureCni, SeenDual = true };
        var expired = FailureChanges.LookedInVain(state, Request, BackgroundLook.Gardener, DateTimeOffset.UnixEpoch);

        Assert.Equal(BackgroundLook.Gardener, Background(state));
        Assert.Equal(BackgroundLook.None, Background(expired));
        Assert.Equal(BackgroundLook.None, Background(EvidenceChanges.Saw(expired, Rest.Running(), DateTimeOffset.UnixEpoch)));
        Assert.Equal(BackgroundLook.Gardener, Background(WaitChanges.NewsCame(expired)));
        Assert.False(EvidenceChanges.Saw(expired, Rest, DateTimeOffset.UnixEpoch).GardenerWatchExpired);

        static BackgroundLook? Background(MigrationState state) => (new MigrationPlanner(Request).Next(state, DateTimeOffset.UnixEpoch) as NextStep.Wait)?.Background;
    }

    [Fact]
    public void HealthLook_LeftRunningIntoARunOfGardeners_IsNotHeldAgainstTheShoot()
    {
        var unhealthy = Rest with { ConditionsNotTrue = [new ConstraintObservation("SystemComponentsHealthy", "Progressing")] };
        var settling = EvidenceChanges.Saw(
            Known with { Stage = MigrationStage.RollNodes, WaitingFor = WaitingFor.Gardener }, unhealthy, DateTimeOffset.UnixEpoch);
        var running = EvidenceChanges.Saw(settling, unhealthy.Running(), DateTimeOffset.UnixEpoch);
        var late = DateTimeOffset.UnixEpoch + Request.Settings.HealthGrace;

        Assert.Equal(BlockedCode.VerificationFailed, FailureChanges.LookedInVain(settling, Request, BackgroundLook.Health, late).Stuck?.Code);
        Assert.Equal((null, true), Outcome(FailureChanges.LookedInVain(running, Request, BackgroundLook.Health, late)));
        Assert.Equal((null, true), Outcome(FailureChanges.LookedInVain(settling with { WaitingFor = WaitingFor.Approval }, Request, BackgroundLook.Health, late)));

        static (BlockedCode?, bool) Outcome(MigrationState state) => (state.Stuck?.Code, state.LookNeeded);
    }

    [Theory]
    [InlineData(WaitingFor.CoreDns, true)]
    [InlineData(WaitingFor.Gardener, false)]
    [InlineData(WaitingFor.Operator, false)]
    public void CoreDnsLook_LeftRunningIntoAnotherWait_IsNotHeldAgainstTheShoot(WaitingFor waitingFor, bool blamed)
    {
        var state = Known with { Observation = Rest, Stage = MigrationStage.RestartCoreDns, WaitingFor = waitingFor };

        Assert.Equal(blamed, FailureChanges.LookedInVain(state, Request, BackgroundLook.CoreDns, DateTimeOffset.UnixEpoch).Stuck is not null);
    }

    [Fact]
    public void Pause_WithAWriteUnanswered_LooksOnceWhatBecameOfIt()
    {
        var intent = new WriteIntent("i-1", WriteKind.Rollout, "u", 3);
        var paused = EvidenceChanges.Stopped(Known with
        {
            Observation = Rest,
            Stage = MigrationStage.RollNodes,
            SeenDual = true,
            PendingIntent = intent,
            Paused = new OperatorRequest { RequestId = "p", By = "ann", Reason = "night" },
        });

        Assert.IsType<NextStep.Look>(new MigrationPlanner(Request).Next(paused, DateTimeOffset.UnixEpoch));
        var missing = EvidenceChanges.Saw(paused, Rest, DateTimeOffset.UnixEpoch);
        Assert.Equal(WaitingFor.Resume, Assert.IsType<NextStep.Wait>(new MigrationPlanner(Request).Next(missing, DateTimeOffset.UnixEpoch)).For);
        var written = EvidenceChanges.Saw(paused, Rest with { IntentId = "i-1", PendingOperation = "rollout-workers=*" }, DateTimeOffset.UnixEpoch);
        Assert.Equal((null, RolloutStep.Requested), (written.PendingIntent, written.Rollout?.Step));
    }
}
