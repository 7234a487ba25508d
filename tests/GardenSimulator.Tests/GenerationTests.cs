namespace Dualstack.GardenSimulator.Tests;

/// <summary>What raises the generation, and when an operation annotation is consumed.</summary>
public class GenerationTests
{
    [Fact]
    public async Task Labels_AndOtherAnnotations_DoNotCount()
    {
        await using var garden = await TestGarden.StartAsync();
        var answer = await garden.PatchAsync("""{"metadata":{"labels":{"dualstack.dev/migration":"active"},"annotations":{"a":"b"}}}""");
        Assert.Equal(4, answer.Generation());
    }

    [Fact]
    public async Task Reconcile_IsConsumedInTheSameRequest()
    {
        await using var garden = await TestGarden.StartAsync();
        var answer = await garden.AnnotateAsync("reconcile");
        Assert.Equal(5, answer.Generation());
        Assert.Null(answer.Operation());
    }

    [Fact]
    public async Task Rollout_IsConsumedAtTheStartOfTheRun()
    {
        await using var garden = await TestGarden.StartAsync();
        var answer = await garden.AnnotateAsync("rollout-workers=sys,load");
        Assert.Equal(5, answer.Generation());
        Assert.Equal("rollout-workers=sys,load", answer.Operation());

        garden.Time.Advance(TimeSpan.FromSeconds(3));
        var started = await garden.GetAsync();
        Assert.Equal(5, started.Generation());
        Assert.Null(started.Operation());
        Assert.Equal("Processing", started.State());
        Assert.Equal(["sys", "load"], started["status"]!["manualWorkerPoolRollout"]!["pendingWorkersRollouts"]!.AsArray().Select(item => (string?)item!["name"]));
    }

    [Fact]
    public async Task Maintain_DoesNotCount_ButMaintenanceReconciles()
    {
        await using var garden = await TestGarden.StartAsync();
        Assert.Equal(4, (await garden.AnnotateAsync("maintain")).Generation());
        garden.Time.Advance(TimeSpan.FromSeconds(3));
        var shoot = await garden.GetAsync();
        Assert.Equal(5, shoot.Generation());
        Assert.Null(shoot.Operation());
        Assert.Contains("deployInfrastructure", shoot.Tasks(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_UnlessFailed_Lingers()
    {
        await using var garden = await TestGarden.StartAsync();
        var answer = await garden.AnnotateAsync("retry");
        Assert.Equal(4, answer.Generation());
        Assert.Equal("retry", answer.Operation());
    }

    [Fact]
    public async Task SpecAndReconcileTogether_CountOnce_AndTheAnnotationFiresWithTheNextWrite()
    {
        await using var garden = await TestGarden.StartAsync();
        var answer = await garden.PatchAsync("""{"metadata":{"annotations":{"gardener.cloud/operation":"reconcile"}},"spec":{"purpose":"testing"}}""");
        Assert.Equal(5, answer.Generation());
        Assert.Equal("reconcile", answer.Operation());

        var next = await garden.PatchAsync("""{"metadata":{"labels":{"a":"b"}}}""");
        Assert.Equal(6, next.Generation());
        Assert.Null(next.Operation());
    }

    [Fact]
    public async Task Failed_OnlyRetryCounts_AndOthersFireAfterwards()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync("""{"kind":"failRun","state":"Failed","errorCode":"ERR_INFRA_QUOTA_EXCEEDED","message":"quota exceeded"}""");
        await garden.AnnotateAsync("reconcile");
        var failed = await garden.SettleAsync(state: "Failed");
        Assert.Equal("ERR_INFRA_QUOTA_EXCEEDED", (string?)failed["status"]!["lastErrors"]![0]!["codes"]![0]);

        var inert = await garden.AnnotateAsync("rollout-workers=sys");
        Assert.Equal(5, inert.Generation());
        garden.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal("Failed", (await garden.GetAsync()).State());

        var retried = await garden.AnnotateAsync("retry");
        Assert.Equal(6, retried.Generation());
        Assert.Null(retried.Operation());
        Assert.Null((await garden.SettleAsync())["status"]!["lastErrors"]);
    }

    [Fact]
    public async Task Confine_SpecDoesNotCount_ReconcileRollsItOut()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(extra: "maintenance: {confineSpecUpdateRollout: true, timeWindow: {begin: 220000+0000, end: 230000+0000}}"));
        var answer = await garden.DualStackAsync();
        Assert.Equal(4, answer.Generation());
        Assert.Equal("deployInfrastructure", answer.Tasks());
        garden.Time.Advance(TimeSpan.FromHours(3));
        Assert.Null((await garden.GetAsync()).Nodes());

        Assert.Equal(5, (await garden.AnnotateAsync("reconcile")).Generation());
        Assert.Equal("Progressing", (await garden.SettleAsync()).Nodes());
    }

    [Fact]
    public async Task Confine_MaintenanceWindow_RollsItOut()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(extra: "maintenance: {confineSpecUpdateRollout: true, timeWindow: {begin: 220000+0000, end: 230000+0000}}"));
        await garden.DualStackAsync();
        garden.Time.Advance(TimeSpan.FromHours(9.9));
        Assert.Equal(4, (await garden.GetAsync()).Generation());
        garden.Time.Advance(TimeSpan.FromHours(1.1));
        Assert.Equal(5, (await garden.GetAsync()).Generation());
        Assert.Equal("Progressing", (await garden.SettleAsync()).Nodes());
    }

    [Fact]
    public async Task SeveralBumpsDuringARun_CollapseIntoOneRun()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.AnnotateAsync("reconcile");
        garden.Time.Advance(TimeSpan.FromSeconds(5));
        var before = (await garden.InsideAsync())["runCount"]!.GetValue<long>();
        await garden.AnnotateAsync("reconcile");
        await garden.AnnotateAsync("reconcile");
        var shoot = await garden.SettleAsync();
        Assert.Equal(7, shoot.Generation());
        Assert.Equal(before + 1, (await garden.InsideAsync())["runCount"]!.GetValue<long>());
    }

    [Fact]
    public async Task EmptyPatch_ChangesNothing()
    {
        await using var garden = await TestGarden.StartAsync();
        var before = await garden.GetAsync();
        var after = await garden.PatchAsync("{}");
        Assert.Equal((string?)before["metadata"]!["resourceVersion"], (string?)after["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task DryRun_ShowsTheResult_StoresNothing()
    {
        await using var garden = await TestGarden.StartAsync();
        var answer = await garden.PatchAsync("""{"spec":{"networking":{"ipFamilies":["IPv4","IPv6"]}}}""", $"{TestGarden.Shoots}/shop?dryRun=All");
        Assert.Equal(5, answer.Generation());
        Assert.Equal("deployInfrastructure", answer.Tasks());
        var shoot = await garden.GetAsync();
        Assert.Equal(4, shoot.Generation());
        Assert.Equal(["IPv4"], shoot["spec"]!["networking"]!["ipFamilies"].Texts());
    }
}
