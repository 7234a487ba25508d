using System.Text.Json.Nodes;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Writes;

namespace Dualstack.Gardener.Tests.Writes;

public sealed class GuardedWriterTests : IAsyncLifetime
{
    private static readonly ShootWrite DualStack = ShootWrite.IpFamilies([GardenNames.IPv4, GardenNames.IPv6]);
    private TestGarden garden = null!;

    public async Task InitializeAsync() => garden = await TestGarden.StartAsync();

    public async Task DisposeAsync() => await garden.DisposeAsync();

    [Fact]
    public async Task WriteAsync_IpFamilies_WritesFamiliesLabelAndIntentInOneRequest()
    {
        var intent = await DecideAsync("i-1");

        var result = await Writer().WriteAsync(intent, DualStack, default);

        Assert.Equal(WriteOutcome.Written, result.Outcome);
        Assert.Equal(intent.Generation + 1, result.Reading.Shoot.Generation);
        Assert.Equal(["IPv4", "IPv6"], result.Reading.Shoot.IpFamilies);
        Assert.True(result.Reading.Shoot.IsMarked);
        Assert.Equal("i-1", result.Reading.Shoot.Intent);
        Assert.NotNull(result.Reading.ServerTime);
        Assert.Single(await garden.CommittedAsync(TestGarden.Shop, "i-1"));
    }

    [Fact]
    public async Task WriteAsync_AnswerWithheldAfterCommit_IsRecognisedAndWrittenOnce()
    {
        var intent = await DecideAsync("i-1");
        await garden.ArmAsync(new { kind = "withholdAnswer", verb = "patch" });

        var lost = await Assert.ThrowsAsync<GardenException>(() => Writer().WriteAsync(intent, DualStack, default));
        var again = await Writer().WriteAsync(intent, DualStack, default);

        Assert.Equal(GardenErrorKind.Unreachable, lost.Kind);
        Assert.Equal(WriteOutcome.AlreadyWritten, again.Outcome);
        Assert.Single(await garden.CommittedAsync(TestGarden.Shop, "i-1"));
    }

    [Fact]
    public async Task WriteAsync_ConnectionDroppedBeforeCommit_IsWrittenByTheNextAttempt()
    {
        var intent = await DecideAsync("i-1");
        await garden.ArmAsync(new { kind = "dropBeforeCommit", verb = "patch" });

        await Assert.ThrowsAsync<GardenException>(() => Writer().WriteAsync(intent, DualStack, default));
        var again = await Writer().WriteAsync(intent, DualStack, default);

        Assert.Equal(WriteOutcome.Written, again.Outcome);
        Assert.Single(await garden.CommittedAsync(TestGarden.Shop, "i-1"));
    }

    [Fact]
    public async Task WriteAsync_HarmlessChangeInBetween_ReadsAgainAndWrites()
    {
        var racing = new RacingGarden(garden.Client, () => garden.AnnotateAsync(TestGarden.Shop, "example.org/note", "hello"));

        var result = await new GuardedWriter(racing).WriteAsync(await DecideAsync("i-1"), DualStack, default);

        Assert.Equal(WriteOutcome.Written, result.Outcome);
        Assert.Equal("hello", result.Reading.Shoot.Annotation("example.org/note"));
    }

    [Fact]
    public async Task WriteAsync_SpecChangedInBetween_DecidesAnew()
    {
        var racing = new RacingGarden(garden.Client, () => garden.PatchAsync(
            TestGarden.Shop, new JsonObject { ["spec"] = new JsonObject { ["purpose"] = "testing" } }));

        var result = await new GuardedWriter(racing).WriteAsync(await DecideAsync("i-1"), DualStack, default);

        Assert.Equal(WriteOutcome.DecideAnew, result.Outcome);
        Assert.Equal(["IPv4"], (await garden.ShootAsync(TestGarden.Shop)).IpFamilies);
    }

    [Fact]
    public async Task WriteAsync_ForeignOperationAppearsInBetween_IsNotOverwritten()
    {
        var racing = new RacingGarden(garden.Client, () => garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry"));

        var result = await new GuardedWriter(racing).WriteAsync(await DecideAsync("i-1"), ShootWrite.Reconcile([]), default);

        Assert.Equal(WriteOutcome.DecideAnew, result.Outcome);
        Assert.Contains("retry", result.Why, StringComparison.Ordinal);
        Assert.Equal("retry", (await garden.ShootAsync(TestGarden.Shop)).PendingOperation);
        Assert.Empty(await garden.CommittedAsync(TestGarden.Shop, "i-1"));
    }

    [Fact]
    public async Task WriteAsync_ManyAttemptsOfOneIntentAtOnce_WriteOnce()
    {
        var intent = await DecideAsync("i-1");

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Writer().WriteAsync(intent, ShootWrite.Reconcile([]), default))));

        Assert.Single(results, result => result.Outcome == WriteOutcome.Written);
        Assert.Equal(7, results.Count(result => result.Outcome == WriteOutcome.AlreadyWritten));
        Assert.Single(await garden.CommittedAsync(TestGarden.Shop, "i-1"));
    }

    [Fact]
    public async Task WriteAsync_TwoDecisionsFromTheSameSight_OnlyOneIsWritten()
    {
        var (one, other) = (await DecideAsync("i-1"), await DecideAsync("i-2"));

        var results = await Task.WhenAll(
            Writer().WriteAsync(one, ShootWrite.Reconcile([]), default),
            Writer().WriteAsync(other, ShootWrite.Reconcile([]), default));

        Assert.Single(results, result => result.Outcome == WriteOutcome.Written);
        Assert.Single(results, result => result.Outcome == WriteOutcome.DecideAnew);
    }

    [Fact]
    public async Task WriteAsync_FamiliesAlreadyAsWanted_WritesNothing()
    {
        await Writer().WriteAsync(await DecideAsync("i-1"), DualStack, default);

        var result = await Writer().WriteAsync(await DecideAsync("i-2"), DualStack, default);

        Assert.Equal(WriteOutcome.Unchanged, result.Outcome);
        Assert.Empty(await garden.CommittedAsync(TestGarden.Shop, "i-2"));
    }

    [Fact]
    public async Task WriteAsync_ShootCreatedAgain_IsAnotherShoot()
    {
        var intent = await DecideAsync("i-1");
        await garden.RecreateAsync(TestGarden.Shop);

        var error = await Assert.ThrowsAsync<GardenException>(() => Writer().WriteAsync(intent, DualStack, default));

        Assert.Equal(GardenErrorKind.Recreated, error.Kind);
        Assert.Empty(await garden.CommittedAsync(TestGarden.Shop, "i-1"));
    }

    [Fact]
    public async Task WriteAsync_KubeconfigOfAnotherGarden_IsRefused()
    {
        var intent = await DecideAsync("i-1");

        var error = await Assert.ThrowsAsync<GardenException>(
            () => Writer().WriteAsync(intent with { Shoot = intent.Shoot with { Garden = "other" } }, DualStack, default));

        Assert.Equal(GardenErrorKind.WrongGarden, error.Kind);
    }

    [Fact]
    public async Task WriteAsync_WithoutTheRight_NamesVerbAndResource()
    {
        using var viewer = garden.Connect("viewer");

        var error = await Assert.ThrowsAsync<GardenException>(
            async () => await new GuardedWriter(new GardenClient(viewer.Kubernetes)).WriteAsync(await DecideAsync("i-1"), DualStack, default));

        Assert.Equal(GardenErrorKind.Forbidden, error.Kind);
        Assert.Contains("patch shoots.core.gardener.cloud", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garden-retail", "six", "IPv6,IPv4", "unsupported IP family update: oldIPFamilies=[IPv6], newIPFamilies=[IPv6 IPv4]")]
    [InlineData("garden-retail", "legacy", "IPv4,IPv6", "overlay")]
    public async Task WriteAsync_RefusedByTheGarden_GivesItsOwnWords(string project, string name, string families, string words)
    {
        var key = new ShootKey(project, name);
        var shoot = await garden.ShootAsync(key);
        var intent = new WriteIntent(new ShootIdentity(key, shoot.Uid), "i-1", shoot.Generation);

        var result = await Writer().WriteAsync(intent, ShootWrite.IpFamilies(families.Split(',')), default);

        Assert.Equal(WriteOutcome.Refused, result.Outcome);
        Assert.Contains(words, result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRunAsync_Accepted_WritesNothing()
    {
        var before = await garden.ShootAsync(TestGarden.Shop);

        var would = await Writer().DryRunAsync(await garden.IdentityAsync(TestGarden.Shop), DualStack, default);

        Assert.Equal(["IPv4", "IPv6"], would.Shoot.IpFamilies);
        Assert.Equal(before.ResourceVersion, (await garden.ShootAsync(TestGarden.Shop)).ResourceVersion);
    }

    [Fact]
    public async Task WriteAsync_RolloutBeforeTheInfrastructureIsDualStack_DecidesAnew()
    {
        var result = await Writer().WriteAsync(await DecideAsync("i-1"), ShootWrite.RolloutWorkers([]), default);

        Assert.Equal(WriteOutcome.DecideAnew, result.Outcome);
        Assert.Contains("single-stack", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_UnknownPool_NamesThePoolsThereAre()
    {
        await InfrastructureDualAsync();

        var result = await Writer().WriteAsync(await DecideAsync("i-2"), ShootWrite.RolloutWorkers(["sys", "nope"]), default);

        Assert.Equal(WriteOutcome.DecideAnew, result.Outcome);
        Assert.Contains("\"nope\"; the pools are sys, load", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_RolloutWithAnswerWithheld_RollsOnce()
    {
        await InfrastructureDualAsync();
        var intent = await DecideAsync("i-2");
        await garden.ArmAsync(new { kind = "withholdAnswer", verb = "patch" });

        await Assert.ThrowsAsync<GardenException>(() => Writer().WriteAsync(intent, ShootWrite.RolloutWorkers(["sys"]), default));
        await garden.PassUntilAsync(TestGarden.Shop, shoot => shoot.PendingRollouts.Count > 0);
        var again = await Writer().WriteAsync(intent, ShootWrite.RolloutWorkers(["sys"]), default);

        Assert.Equal(WriteOutcome.AlreadyWritten, again.Outcome);
        Assert.Single(await garden.CommittedAsync(TestGarden.Shop, "rollout-workers"));
    }

    [Fact]
    public async Task UnmarkAsync_OwnOperationNotTaken_WithdrawsIt()
    {
        await InfrastructureDualAsync();
        await garden.ArmAsync(new { kind = "gardenletDown", times = 0 });
        await Writer().WriteAsync(await DecideAsync("i-2"), ShootWrite.RolloutWorkers(["sys"]), default);

        var (result, withdrawn) = await Writer().UnmarkAsync(
            await garden.IdentityAsync(TestGarden.Shop), new OwnOperation("i-2", "rollout-workers=sys"), default);

        Assert.True(withdrawn);
        Assert.Null(result.Reading.Shoot.PendingOperation);
        Assert.False(result.Reading.Shoot.IsMarked);
        Assert.Null(result.Reading.Shoot.Intent);
    }

    [Fact]
    public async Task UnmarkAsync_SomebodyElsesOperation_StaysAndASecondTimeWritesNothing()
    {
        await Writer().WriteAsync(await DecideAsync("i-1"), DualStack, default);
        await garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry");
        var identity = await garden.IdentityAsync(TestGarden.Shop);

        var (first, withdrawn) = await Writer().UnmarkAsync(identity, new OwnOperation("i-1", "reconcile"), default);
        var (second, _) = await Writer().UnmarkAsync(identity, null, default);

        Assert.False(withdrawn);
        Assert.Equal("retry", first.Reading.Shoot.PendingOperation);
        Assert.Equal(WriteOutcome.Unchanged, second.Outcome);
    }

    private GuardedWriter Writer() => new(garden.Client);

    private async Task<WriteIntent> DecideAsync(string id)
    {
        var shoot = await garden.ShootAsync(TestGarden.Shop);
        return new WriteIntent(new ShootIdentity(TestGarden.Shop, shoot.Uid, "sim"), id, shoot.Generation);
    }

    private async Task InfrastructureDualAsync()
    {
        await Writer().WriteAsync(await DecideAsync("i-1"), DualStack, default);
        await garden.PassUntilAsync(TestGarden.Shop, shoot => shoot is { InfrastructureIsDualStack: true, LastOperation.State: "Succeeded" });
    }
}
