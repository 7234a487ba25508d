using Dualstack.Gardener.Tests;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Testing;
using static Dualstack.Activities.Tests.MigrationBench;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Activities.Tests;

public sealed class LookActivitiesTests : IAsyncLifetime
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private MigrationBench bench = null!;

    public async Task InitializeAsync() => bench = await StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task ObserveShoot_BeforeTheMigration_ShowsWhatIsThere()
    {
        var observation = await bench.ObserveAsync();

        Assert.Equal(["IPv4"], observation.IpFamilies);
        Assert.Equal(("aws", "calico", OverlaySetting.Off), (observation.Provider, observation.NetworkingType, observation.Overlay));
        Assert.Equal(["sys", "load"], observation.Pools);
        Assert.Equal("Succeeded", observation.LastOperation?.State);
        Assert.NotNull(observation.ServerTime);
        Assert.False(observation.Marked);
    }

    [Theory]
    [InlineData("sim", "garden-retail", "nobody", ErrorTypes.ShootGone, true)]
    [InlineData("sim", "garden-retail", "../secrets", ErrorTypes.ShootGone, true)]
    [InlineData("other", "garden-retail", "shop", ErrorTypes.WrongGarden, false)]
    public async Task ObserveShoot_NotThere_FailsForGoodUnlessTheWorkerCanBeMended(string garden, string project, string name, string type, bool isFinal)
    {
        var error = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => RunAsync(() => bench.Shoots.ObserveShootAsync(new ShootInput(new ShootKey(garden, project, name), null))));

        Assert.Equal((type, isFinal), (error.ErrorType, error.NonRetryable));
    }

    [Fact]
    public async Task ObserveShoot_CredentialsRefused_SaysSo()
    {
        await bench.Garden.ArmAsync(new { kind = "answerWith", verb = "get", code = 401 });

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => bench.ObserveAsync());

        Assert.Equal((ErrorTypes.RightsMissing, false), (error.ErrorType, error.NonRetryable));
    }

    [Fact]
    public async Task Preflight_ShootThatCanBeMigrated_WritesNothing()
    {
        var before = await bench.ShootAsync();

        var report = await RunAsync(() => bench.Infrastructure.PreflightAsync(new PreflightInput(Shop, null)));

        Assert.Null(report.Refusal);
        Assert.True(report.Nodes.Readable);
        Assert.Equal((4, 0), (report.Nodes.Total, report.Nodes.Done));
        Assert.Equal(before.ResourceVersion, (await bench.ShootAsync()).ResourceVersion);
    }

    [Theory]
    [InlineData("six", "unsupported IP family update")]
    [InlineData("legacy", "overlay")]
    public async Task Preflight_ShootThatTheGardenRefuses_GivesItsWords(string name, string words)
    {
        var report = await RunAsync(() => bench.Infrastructure.PreflightAsync(new PreflightInput(Shop with { Name = name }, null)));

        Assert.Contains(words, report.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObserveNodes_ApiOutOfReachForLong_IsUnreadableButNeverEmpty()
    {
        await bench.Garden.ArmAsync(new { kind = "shootApiUnreachable", times = 0 });

        var (_, last) = await AfterBeat(new LookProgress(0, 0, PersistentLook.MostMisses - 1))
            .RunAsync(() => bench.Nodes.ObserveNodesAsync(new ShootInput(Shop, null)));

        Assert.False(last.Readable);
        Assert.False(last.AllDual());
        Assert.Contains("garden-retail/shop", last.WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObserveNodes_ApiAwayForTwoMinutes_IsLookedAtAgainUntilTheNodesAreCounted()
    {
        await bench.Garden.ArmAsync(new { kind = "shootApiUnreachable", times = 0 });
        var input = new ShootInput(Shop, null) { LookEvery = LookEvery };
        var progress = new LookProgress(0, 0, 0);
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromMinutes(2); waited += LookEvery)
        {
            var beats = new List<object?[]>();
            var error = await Assert.ThrowsAsync<ApplicationFailureException>(
                () => (AfterBeat(progress) with { Heartbeater = beats.Add }).RunAsync(() => bench.Nodes.ObserveNodesAsync(input)));
            progress = Assert.IsType<LookProgress>(Assert.Single(Assert.Single(beats)));

            Assert.Equal((ErrorTypes.NotYet, false, LookEvery), (error.ErrorType, error.NonRetryable, error.NextRetryDelay));
        }

        await bench.Garden.DisarmAsync();
        var (_, seen) = await AfterBeat(progress).RunAsync(() => bench.Nodes.ObserveNodesAsync(input));

        Assert.Equal((true, 4), (seen.Readable, seen.Total));
    }

    [Fact]
    public async Task Preflight_ApiOfAHalfMigratedShootAway_IsLookedAtAgain()
    {
        await bench.AfterTheFirstRunAsync();
        await bench.Garden.ArmAsync(new { kind = "shootApiUnreachable", times = 0 });
        var input = new PreflightInput(Shop, null) { LookEvery = LookEvery };

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Infrastructure.PreflightAsync(input)));
        var last = await AfterBeat(new LookProgress(0, 0, PersistentLook.MostMisses - 1)).RunAsync(() => bench.Infrastructure.PreflightAsync(input));

        Assert.Equal((ErrorTypes.NotYet, LookEvery), (error.ErrorType, error.NextRetryDelay));
        Assert.False(last.Nodes.Readable);
    }

    [Fact]
    public async Task ObserveNodes_PoolsAskedAbout_AreListedFirstAlsoWithoutNodes()
    {
        var (_, seen) = await RunAsync(() => bench.Nodes.ObserveNodesAsync(new ShootInput(Shop, null) { Pools = ["sys", "none"] }));

        Assert.Equal(["sys", "none", "load"], seen.Pools.Select(pool => pool.Pool));
        Assert.Equal(2, seen.PoolCount);
    }

    [Fact]
    public async Task ObserveNodes_NoRightToAViewersKubeconfig_IsUnreadableAndSaysSo()
    {
        await bench.Garden.ArmAsync(new { kind = "answerWith", verb = "create", resource = "shoots/viewerkubeconfig", code = 403 });

        var (_, seen) = await RunAsync(() => bench.Nodes.ObserveNodesAsync(new ShootInput(Shop, null)));

        Assert.False(seen.Readable);
        Assert.Contains("viewerkubeconfig", seen.WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwaitRolloutProgress_NodesStillSingleStack_FailsWithTheTimeOfTheNextLook()
    {
        await bench.AfterTheFirstRunAsync();
        var beats = new List<object?[]>();

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => new ActivityEnvironment { Heartbeater = beats.Add }.RunAsync(
                () => bench.Nodes.AwaitRolloutProgressAsync(new AwaitInput(Shop, null, LookEvery))));

        Assert.Equal((ErrorTypes.NotYet, false), (error.ErrorType, error.NonRetryable));
        Assert.Equal(LookEvery, error.NextRetryDelay);
        Assert.Contains("0 of 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(new LookProgress(0, 4, 0), Assert.Single(Assert.Single(beats)));
    }

    [Fact]
    public async Task AwaitRolloutProgress_AllNodesReplaced_GivesTheCounts()
    {
        await bench.AfterTheNodesAsync();

        var (_, seen) = await RunAsync(() => bench.Nodes.AwaitRolloutProgressAsync(new AwaitInput(Shop, null, LookEvery)));

        Assert.True(seen.AllDual());
        Assert.Empty(seen.SingleStackNodes);
    }

    [Fact]
    public async Task AwaitRolloutProgress_SeveralLooksInARowSeeNothing_IsUnreadable()
    {
        await bench.Garden.ArmAsync(new { kind = "shootApiUnreachable", times = 0 });
        var input = new AwaitInput(Shop, null, LookEvery);

        var first = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Nodes.AwaitRolloutProgressAsync(input)));
        var (_, last) = await AfterBeat(new LookProgress(1, 4, PersistentLook.MostMisses - 1)).RunAsync(() => bench.Nodes.AwaitRolloutProgressAsync(input));

        Assert.Equal(ErrorTypes.NotYet, first.ErrorType);
        Assert.False(last.Readable);
    }

    [Fact]
    public async Task AwaitRolloutProgress_GardenSilentForLong_GivesUpSoThatAPersonIsTold()
    {
        await bench.Garden.ArmAsync(new { kind = "answerWith", verb = "get", code = 503, times = 0 });
        var input = new AwaitInput(Shop, null, LookEvery) { GiveUpAfter = TimeSpan.FromMinutes(10) };
        var beats = new List<object?[]>();
        var first = new ActivityEnvironment { Heartbeater = beats.Add };

        var passing = await Assert.ThrowsAsync<ApplicationFailureException>(() => first.RunAsync(() => bench.Nodes.AwaitRolloutProgressAsync(input)));
        var last = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => AfterBeat(new LookProgress(1, 4, 0, 19)).RunAsync(() => bench.Nodes.AwaitRolloutProgressAsync(input)));

        Assert.Equal((ErrorTypes.GardenUnreachable, false), (passing.ErrorType, passing.NonRetryable));
        Assert.Equal(new LookProgress(0, 0, 0, 1), Assert.Single(Assert.Single(beats)));
        Assert.Equal((ErrorTypes.GardenUnreachable, true), (last.ErrorType, last.NonRetryable));
    }

    [Fact]
    public async Task AwaitCoreDns_PodsWithOneAddress_FailsUntilTheyAreRestarted()
    {
        await bench.AfterTheCniAsync();
        var input = new AwaitInput(Shop, null, LookEvery);

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Dns.AwaitCoreDnsAsync(input)));
        await bench.WrittenAsync(bench.Dns.RestartCoreDnsAsync, WriteKind.CoreDnsRun);
        await bench.Garden.PassUntilAsync(TestGarden.Shop, shoot => shoot is { LastOperation.State: "Succeeded" } && shoot.ObservedGeneration == shoot.Generation);
        bench.Garden.Time.Advance(TimeSpan.FromMinutes(10));
        var (_, seen) = await RunAsync(() => bench.Dns.AwaitCoreDnsAsync(input));

        Assert.Equal(ErrorTypes.NotYet, error.ErrorType);
        Assert.True(seen.CoreDnsDual());
    }

    [Fact]
    public async Task AwaitHealth_ConditionsStillSettling_FailsUntilTheyHaveAndThenCounts()
    {
        await bench.AfterTheFirstRunAsync();
        var input = new AwaitInput(Shop, null, LookEvery);
        var unhealthy = (await bench.ObserveAsync()).ConditionsNotTrue.Select(condition => condition.Type).ToList();

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Shoots.AwaitHealthAsync(input)));
        var borne = await RunAsync(() => bench.Shoots.AwaitHealthAsync(input with { UnhealthyBefore = unhealthy }));
        bench.Garden.Time.Advance(TimeSpan.FromMinutes(5));
        var healthy = await RunAsync(() => bench.Shoots.AwaitHealthAsync(input));

        Assert.Equal((ErrorTypes.NotYet, LookEvery), (error.ErrorType, error.NextRetryDelay));
        Assert.Contains(unhealthy[0], error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(borne.Observation.ConditionsNotTrue);
        Assert.Empty(healthy.Observation.ConditionsNotTrue);
        Assert.Equal((4, 0), (healthy.Nodes.Total, healthy.Nodes.Done));
    }

    [Fact]
    public async Task AwaitGardener_RunUnderWay_FailsUntilItHasEnded()
    {
        await bench.WrittenAsync(bench.Infrastructure.UpdateNetworkingAsync, WriteKind.IpFamilies);
        var input = new AwaitInput(Shop, null, LookEvery);

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(() => bench.Shoots.AwaitGardenerAsync(input)));
        await bench.Garden.PassUntilAsync(
            TestGarden.Shop, shoot => shoot is { LastOperation.State: "Succeeded" } && shoot.ObservedGeneration == shoot.Generation);
        var rested = await RunAsync(() => bench.Shoots.AwaitGardenerAsync(input));

        Assert.Equal((ErrorTypes.NotYet, false, LookEvery), (error.ErrorType, error.NonRetryable, error.NextRetryDelay));
        Assert.Equal("Succeeded", rested.LastOperation?.State);
    }

    [Fact]
    public async Task AwaitGardener_ShootThatKeepsChanging_FailsUntilTwoLooksSeeTheSameGeneration()
    {
        var input = new AwaitInput(Shop, null, LookEvery) { UntilSettled = true };
        var beats = new List<object?[]>();

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => new ActivityEnvironment { Heartbeater = beats.Add }.RunAsync(() => bench.Shoots.AwaitGardenerAsync(input)));
        var progress = Assert.IsType<LookProgress>(Assert.Single(Assert.Single(beats)));
        var settled = await AfterBeat(progress).RunAsync(() => bench.Shoots.AwaitGardenerAsync(input));

        Assert.Equal(ErrorTypes.NotYet, error.ErrorType);
        Assert.Equal(progress.Generation, settled.Generation);
    }

    private static ActivityEnvironment AfterBeat(LookProgress progress) => new()
    {
        Info = ActivityEnvironment.DefaultInfo with { HeartbeatDetails = [DataConverter.Default.PayloadConverter.ToPayload(progress)] },
    };
}
