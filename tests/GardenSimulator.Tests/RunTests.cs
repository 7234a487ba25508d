namespace Dualstack.GardenSimulator.Tests;

/// <summary>How runs start, go on and end.</summary>
public class RunTests
{
    [Fact]
    public async Task Run_ObservesTheGenerationAtItsStart_AndReportsProgress()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.AnnotateAsync("reconcile");
        garden.Time.Advance(TimeSpan.FromSeconds(2));
        var started = await garden.GetAsync();
        Assert.Equal(5, started["status"]!["observedGeneration"]!.GetValue<long>());
        Assert.Equal("Reconciliation of Shoot cluster initialized.", (string?)started["status"]!["lastOperation"]!["description"]);
        Assert.Equal(0, started["status"]!["lastOperation"]!["progress"]!.GetValue<int>());
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.InRange((await garden.GetAsync())["status"]!["lastOperation"]!["progress"]!.GetValue<int>(), 1, 99);
        garden.Time.Advance(TimeSpan.FromMinutes(2));
        var ended = await garden.GetAsync();
        Assert.Equal("Shoot cluster has been successfully reconciled.", (string?)ended["status"]!["lastOperation"]!["description"]);
        Assert.Equal(100, ended["status"]!["lastOperation"]!["progress"]!.GetValue<int>());
    }

    [Fact]
    public async Task Success_LeavesHealthProgressing_UntilTheCareLoopLooks()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.AnnotateAsync("reconcile");
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("True", (await garden.GetAsync()).Condition("EveryNodeReady"));
        while ((await garden.GetAsync()).State() != "Succeeded")
        {
            garden.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("Progressing", (await garden.GetAsync()).Condition("EveryNodeReady"));
        garden.Time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal("progressing", (string?)(await garden.GetAsync())["metadata"]!["labels"]!["shoot.gardener.cloud/status"]);
        garden.Time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal("True", (await garden.GetAsync()).Condition("EveryNodeReady"));
        Assert.Equal("healthy", (string?)(await garden.GetAsync())["metadata"]!["labels"]!["shoot.gardener.cloud/status"]);
    }

    [Fact]
    public async Task Rollout_LongerThanTheWait_AlternatesBetweenErrorAndProcessing()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(
            pools: "[{name: slow, minimum: 4, maximum: 6, zones: [a]}]", annotations: "{simulator.dualstack.dev/node-replacement-seconds: slow=600}"));
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.AnnotateAsync("rollout-workers=slow");
        var states = new List<string>();
        string? cycle = null;
        for (var minute = 0; minute < 60; minute++)
        {
            garden.Time.Advance(TimeSpan.FromSeconds(30));
            var shoot = await garden.GetAsync();
            if (states.Count == 0 || states[^1] != shoot.State())
            {
                states.Add(shoot.State()!);
            }

            if (shoot.State() == "Error")
            {
                Assert.EndsWith(" Operation will be retried.", (string?)shoot["status"]!["lastOperation"]!["description"], StringComparison.Ordinal);
                Assert.Single(shoot["status"]!["manualWorkerPoolRollout"]!["pendingWorkersRollouts"]!.AsArray());
                cycle ??= (string?)shoot["status"]!["retryCycleStartTime"];
                Assert.Equal(cycle, (string?)shoot["status"]!["retryCycleStartTime"]);
            }
        }

        Assert.True(states.Count(state => state == "Error") >= 2, string.Join(' ', states));
        var done = await garden.SettleAsync();
        Assert.Equal("True", done.Nodes());
        Assert.Null(done["status"]!["lastErrors"]);
        Assert.Null(done["status"]!["retryCycleStartTime"]);
    }

    [Fact]
    public async Task Patch_WhileARunGoesOn_IsTheNextRunsBusiness()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.AnnotateAsync("reconcile");
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Processing", (await garden.GetAsync()).State());
        await garden.DualStackAsync();
        var settled = await garden.SettleAsync();
        Assert.Equal("Progressing", settled.Nodes());
        Assert.Null(settled.Dns());
        Assert.Equal(2, settled["status"]!["networking"]!["nodes"].Texts().Count);
    }

    [Fact]
    public async Task Rollout_ReplacesNodesOneByOneInEveryZone()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(pools: "[{name: sys, minimum: 4, maximum: 8, zones: [a, b]}]"));
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.AnnotateAsync("rollout-workers=sys");
        var most = 0;
        var seen = new SortedSet<int>();
        for (var i = 0; i < 60; i++)
        {
            garden.Time.Advance(TimeSpan.FromSeconds(15));
            var families = await garden.NodeFamiliesAsync();
            most = Math.Max(most, families.Count);
            seen.Add(families.Count(count => count == 2));
        }

        Assert.Equal(6, most);
        Assert.Equal([0, 2, 4], seen);
    }

    [Fact]
    public async Task Rollout_OnlyNamedPools_AreReplaced()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.AnnotateAsync("rollout-workers=load");
        Assert.Equal("Progressing", (await garden.SettleAsync()).Nodes());
        Assert.Equal([2], await garden.NodeFamiliesAsync("load"));
        Assert.Equal([1, 1], await garden.NodeFamiliesAsync("sys"));
    }

    [Fact]
    public async Task PeriodicSync_RunsEveryHour_WithoutAnyRequest()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.ReconcileAsync();
        var before = (await garden.InsideAsync())["runCount"]!.GetValue<long>();
        for (var i = 0; i < 11; i++)
        {
            garden.Time.Advance(TimeSpan.FromMinutes(30));
            await garden.GetAsync("/simulator/time");
        }

        Assert.Equal(before + 5, (await garden.InsideAsync())["runCount"]!.GetValue<long>());
    }

    [Fact]
    public async Task RateLimit_IsRetriedByGardenerItself()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync("""{"kind":"failRun","errorCode":"ERR_INFRA_RATE_LIMITS_EXCEEDED"}""");
        await garden.AnnotateAsync("reconcile");
        await garden.SettleAsync(state: "Failed");
        garden.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("Succeeded", (await garden.GetAsync()).State());
    }

    [Fact]
    public async Task RetryableError_IsRetriedUntilItSucceeds()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync("""{"kind":"failRun","times":2,"state":"Error","errorCode":"ERR_INFRA_RESOURCES_DEPLETED","message":"no capacity."}""");
        await garden.AnnotateAsync("reconcile");
        var error = await garden.SettleAsync(state: "Error");
        Assert.Equal("no capacity. Operation will be retried.", (string?)error["status"]!["lastOperation"]!["description"]);
        Assert.Equal("Succeeded", (await garden.SettleAsync()).State());
        Assert.Equal(3, (await garden.InsideAsync())["runCount"]!.GetValue<long>());
    }

    [Fact]
    public async Task TwelveHoursOfErrors_EndInFailed()
    {
        // The window lies outside: maintenance would start another retry cycle.
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(extra: "maintenance: {timeWindow: {begin: 020000+0000, end: 030000+0000}}"));
        await garden.FaultAsync("""{"kind":"failRun","times":0,"state":"Error","errorCode":"ERR_INFRA_RESOURCES_DEPLETED"}""");
        await garden.AnnotateAsync("reconcile");
        garden.Time.Advance(TimeSpan.FromHours(11));
        Assert.NotEqual("Failed", (await garden.GetAsync()).State());
        garden.Time.Advance(TimeSpan.FromHours(1.5));
        Assert.Equal("Failed", (await garden.GetAsync()).State());
    }

    [Fact]
    public async Task Create_ComesUpHealthy_DualStackFromTheStartWithoutConstraints()
    {
        await using var garden = await TestGarden.StartAsync();
        var manifest = (await garden.GetAsync()).DeepClone();
        manifest["metadata"]!["name"] = "fresh";
        manifest["spec"]!["networking"]!["ipFamilies"] = new System.Text.Json.Nodes.JsonArray("IPv4", "IPv6");
        manifest["metadata"]!.AsObject().Remove("resourceVersion");
        var created = await garden.SendAsync(HttpMethod.Post, TestGarden.Shoots, manifest.ToJsonString());
        Assert.Equal(1, created.Generation());
        Assert.Null(created["status"]!["lastOperation"]);
        var ready = await garden.SettleAsync("fresh");
        Assert.Equal("Create", (string?)ready["status"]!["lastOperation"]!["type"]);
        Assert.Null(ready.Nodes());
        Assert.Null(ready.Dns());
        Assert.Equal([2, 2, 2], await garden.NodeFamiliesAsync(name: "fresh"));
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("True", (await garden.GetAsync($"{TestGarden.Shoots}/fresh")).Condition("EveryNodeReady"));
    }

    [Fact]
    public async Task LeapOverDays_LeavesTheSameShootAsManySteps()
    {
        await using var leaping = await TestGarden.StartAsync();
        await using var walking = await TestGarden.StartAsync();
        foreach (var garden in new[] { leaping, walking })
        {
            await garden.DualStackAsync();
            await garden.SettleAsync();
        }

        leaping.Time.Advance(TimeSpan.FromDays(3));
        for (var i = 0; i < 3 * 24 * 4; i++)
        {
            walking.Time.Advance(TimeSpan.FromMinutes(15));
            await walking.GetAsync("/simulator/time");
        }

        var (leapt, walked) = (await leaping.GetAsync(), await walking.GetAsync());
        Assert.Equal(walked.Generation(), leapt.Generation());
        Assert.Equal(walked["status"]!["lastOperation"]!.ToJsonString(), leapt["status"]!["lastOperation"]!.ToJsonString());
        Assert.Equal(walked["status"]!["constraints"]!.ToJsonString(), leapt["status"]!["constraints"]!.ToJsonString());
        Assert.Equal(walked["metadata"]!["labels"]!.ToJsonString(), leapt["metadata"]!["labels"]!.ToJsonString());
        Assert.True(Version(leapt) < Version(walked) / 2, $"{Version(leapt)} writes instead of {Version(walked)}");

        static long Version(System.Text.Json.Nodes.JsonNode shoot) => long.Parse((string)shoot["metadata"]!["resourceVersion"]!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
