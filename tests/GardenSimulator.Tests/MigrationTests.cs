using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>The runs of a migration as a client of the garden sees them.</summary>
public class MigrationTests
{
    [Theory]
    [InlineData("aws", DnsTaskOrder.CheckFirst)]
    [InlineData("gcp", DnsTaskOrder.DeployFirst)]
    public async Task Forward_EveryRunAskedFor_EndsWithoutConstraints(string provider, DnsTaskOrder order)
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(provider: provider), options => options with { DnsTaskOrder = order });

        var answer = await garden.DualStackAsync();
        Assert.Equal(5, answer.Generation());
        Assert.Equal(4, answer["status"]!["observedGeneration"]!.GetValue<long>());
        Assert.Equal("deployInfrastructure", answer.Tasks());
        Assert.Equal(64, answer["spec"]!["kubernetes"]!["kubeControllerManager"]!["nodeCIDRMaskSizeIPv6"]!.GetValue<int>());

        var run1 = await garden.SettleAsync();
        Assert.Equal("Progressing", run1.Nodes());
        Assert.Equal("NodesNotMigrated", (string?)run1.NodesConstraint()!["reason"]);
        Assert.Equal("Migrating node pod CIDRs to match target network stack.", (string?)run1.NodesConstraint()!["message"]);
        Assert.Null(run1.Tasks());
        var ranges = run1["status"]!["networking"]!["nodes"].Texts();
        Assert.Equal(2, ranges.Count);
        Assert.Equal(provider == "aws", ranges[0].Contains(':', StringComparison.Ordinal));
        Assert.All(await garden.NodeFamiliesAsync(), count => Assert.Equal(1, count));

        await garden.AnnotateAsync("rollout-workers=*");
        var run2 = await garden.SettleAsync();
        Assert.Equal("True", run2.Nodes());
        Assert.Equal("NodesMigrated", (string?)run2.NodesConstraint()!["reason"]);
        Assert.Empty(run2["status"]!["manualWorkerPoolRollout"]!.AsObject());
        Assert.Equal([2, 2, 2], await garden.NodeFamiliesAsync());

        var run3 = await garden.ReconcileAsync();
        Assert.Null(run3.Nodes());
        Assert.Equal("Progressing", run3.Dns());
        Assert.Equal(1, (await garden.InsideAsync())["dnsServiceFamilies"]!.GetValue<int>());

        var run4 = await garden.ReconcileAsync();
        Assert.Equal("Progressing", run4.Dns());
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.All(
            (await garden.InsideAsync())["pods"]!.AsArray().Where(pod => (string?)pod!["owner"] == "coredns"),
            pod => Assert.Equal(2, pod!["podIPs"]!.AsArray().Count));

        var run5 = await garden.ReconcileAsync();
        Assert.Equal("True", run5.Dns());
        Assert.Equal(order == DnsTaskOrder.CheckFirst ? 2 : 1, (await garden.InsideAsync())["dnsServiceFamilies"]!.GetValue<int>());

        var run6 = await garden.ReconcileAsync();
        Assert.Null(run6.Dns());
        Assert.Equal(2, (await garden.InsideAsync())["dnsServiceFamilies"]!.GetValue<int>());
    }

    [Fact]
    public async Task Forward_DnsTasksRaceTwice_NeedsASeventhRun()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(annotations: "{simulator.dualstack.dev/dns-order: deploy-first}"));
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.AnnotateAsync("rollout-workers=*");
        await garden.SettleAsync();
        await garden.ReconcileAsync();
        await garden.ReconcileAsync();
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("True", (await garden.ReconcileAsync()).Dns());

        await garden.PatchAsync("""{"metadata":{"annotations":{"simulator.dualstack.dev/dns-order":"check-first"}}}""");
        Assert.Equal("True", (await garden.ReconcileAsync()).Dns());
        Assert.Null((await garden.ReconcileAsync()).Dns());
    }

    [Fact]
    public async Task Forward_NodesRolledByAPersonOutsideRuns_NeedsOneMoreRun()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.DualStackAsync();
        await garden.SettleAsync();

        await garden.SendAsync(HttpMethod.Post, "/simulator/shoots/garden-retail/shop/roll", "");
        garden.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal([2, 2, 2], await garden.NodeFamiliesAsync());
        Assert.Equal("Progressing", (await garden.GetAsync()).Nodes());
        Assert.Equal("True", (await garden.ReconcileAsync()).Nodes());
    }

    [Fact]
    public async Task Rollout_InTheSamePatchAsTheFamilies_BringsNodesBackWithOneRange()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(pools: "[{name: sys, minimum: 1, maximum: 2}]"));

        var answer = await garden.PatchAsync("""{"metadata":{"annotations":{"gardener.cloud/operation":"rollout-workers=sys"}},"spec":{"networking":{"ipFamilies":["IPv4","IPv6"]}}}""");
        Assert.Equal(5, answer.Generation());
        Assert.Equal("rollout-workers=sys", answer.Operation());
        await garden.SettleAsync();

        Assert.Equal([1], await garden.NodeFamiliesAsync());
        Assert.Equal("Progressing", (await garden.GetAsync()).Nodes());
    }

    [Fact]
    public async Task Forward_NoNodes_StaysProgressing()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(pools: "[{name: sys, minimum: 0, maximum: 2}]"));
        await garden.DualStackAsync();
        await garden.SettleAsync();
        Assert.Equal("Progressing", (await garden.ReconcileAsync()).Nodes());
    }

    [Fact]
    public async Task Forward_CniReportsNoFamilies_NeverRaisesTheConstraint()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync("""{"kind":"cniReportsNoFamilies","times":0}""");
        await garden.ReconcileAsync();
        await garden.DualStackAsync();
        Assert.Null((await garden.SettleAsync()).Nodes());
    }

    [Fact]
    public async Task Forward_Workerless_RunsNoMigration()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Workerless());
        var answer = await garden.DualStackAsync();
        Assert.Equal(2, answer.Generation());
        Assert.Null(answer.Tasks());
        var shoot = await garden.SettleAsync();
        Assert.Null(shoot.Nodes());
        Assert.Null(shoot.Condition("EveryNodeReady"));
    }

    [Fact]
    public async Task Forward_ProviderWithoutCloudIpam_NeverSeesDualNodes()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(provider: "local"));
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.AnnotateAsync("rollout-workers=*");
        Assert.Equal("Progressing", (await garden.SettleAsync()).Nodes());
        Assert.Equal([1, 1, 1], await garden.NodeFamiliesAsync());
    }

    [Fact]
    public async Task WakeUp_DuringMigration_ReplacesAllNodes()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.PatchAsync("""{"spec":{"hibernation":{"enabled":true}}}""");
        var asleep = await garden.SettleAsync();
        Assert.True(asleep["status"]!["hibernated"]!.GetValue<bool>());
        Assert.Equal("Progressing", asleep.Nodes());
        Assert.Empty(await garden.NodeFamiliesAsync());

        var waking = await garden.PatchAsync("""{"spec":{"hibernation":{"enabled":false}}}""");
        Assert.Equal("deployInfrastructure", waking.Tasks());
        var awake = await garden.SettleAsync();
        Assert.False(awake["status"]!["hibernated"]!.GetValue<bool>());
        Assert.Equal("True", awake.Nodes());
        Assert.Equal([2, 2, 2], await garden.NodeFamiliesAsync());
    }

    [Fact]
    public async Task OldGardener_WithoutDnsConstraint_SwitchesKubeDnsBeforeCoreDns()
    {
        await using var garden = await TestGarden.StartAsync(with: options => options with { GardenerVersion = "v1.126.0" });
        var answer = await garden.DualStackAsync();
        Assert.Null(answer["spec"]!["kubernetes"]!["kubeControllerManager"]!["nodeCIDRMaskSizeIPv6"]);
        Assert.Equal("Progressing", (await garden.SettleAsync()).Nodes());

        var refused = await garden.AnnotateAsync("rollout-workers=*");
        Assert.Equal(422, refused["code"]!.GetValue<int>());
        await garden.SendAsync(HttpMethod.Post, "/simulator/shoots/garden-retail/shop/roll", "");
        garden.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("True", (await garden.ReconcileAsync()).Nodes());

        var run3 = await garden.ReconcileAsync();
        Assert.Null(run3.Nodes());
        Assert.Null(run3.Dns());
        Assert.Equal(2, (await garden.InsideAsync())["dnsServiceFamilies"]!.GetValue<int>());
        Assert.All(DnsPods(await garden.InsideAsync()), count => Assert.Equal(1, count));

        await garden.PatchAsync("""{"metadata":{"annotations":{"shoot.gardener.cloud/tasks":"restartCoreAddons"}}}""");
        Assert.Null((await garden.ReconcileAsync()).Tasks());
        garden.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.All(DnsPods(await garden.InsideAsync()), count => Assert.Equal(2, count));
    }

    [Fact]
    public async Task WayBack_BeforeMaskSizes_EndsWhenNodesHaveOneRangeAgain()
    {
        await using var garden = await TestGarden.StartAsync(
            Manifest.Aws(families: "[IPv4, IPv6]"), options => options with { GardenerVersion = "v1.137.0" });
        Assert.Equal([2, 2, 2], await garden.NodeFamiliesAsync());

        await garden.PatchAsync("""{"spec":{"networking":{"ipFamilies":["IPv4"]}}}""");
        var back = await garden.SettleAsync();
        Assert.Equal("True", back.Nodes());
        Assert.Equal("NodesMigrating", (string?)back.NodesConstraint()!["reason"]);
        Assert.Equal(2, back["status"]!["networking"]!["nodes"].Texts().Count);

        await garden.AnnotateAsync("rollout-workers=*");
        Assert.Null((await garden.SettleAsync()).Nodes());
        Assert.Equal([1, 1, 1], await garden.NodeFamiliesAsync());
    }

    [Theory]
    [InlineData("v1.118.0", "False", "DualStackMigration", "Not all nodes were migrated to dual-stack networking.")]
    [InlineData("v1.124.1", "False", "DualStackMigration", "Not all nodes were migrated to dual-stack networking.")]
    [InlineData("v1.126.0", "Progressing", "DualStackMigration", "Not all nodes were migrated to dual-stack networking.")]
    [InlineData("v1.132.0", "Progressing", "NodesNotMigrated", "Migrating node pod CIDRs to match target network stack.")]
    public async Task OlderGardener_WordsTheNodesConstraintItsOwnWay(string version, string status, string reason, string message)
    {
        await using var garden = await TestGarden.StartAsync(with: options => options with { GardenerVersion = version });
        await garden.DualStackAsync();
        var shoot = await garden.SettleAsync();
        Assert.Equal(version, (string?)shoot["status"]!["gardener"]!["version"]);
        Assert.Equal(status, shoot.Nodes());
        Assert.Equal(reason, (string?)shoot.NodesConstraint()!["reason"]);
        Assert.Equal(message, (string?)shoot.NodesConstraint()!["message"]);
    }

    [Fact]
    public async Task GardenerBefore118_KeepsFamiliesImmutable()
    {
        await using var garden = await TestGarden.StartAsync(with: options => options with { GardenerVersion = "v1.117.0" });
        Assert.Contains("field is immutable", (string?)(await garden.DualStackAsync())["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gardener132_FlapsTheDnsConstraintOfFinishedShoots()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(families: "[IPv4, IPv6]"), options => options with { GardenerVersion = "v1.133.0" });
        await garden.AnnotateAsync("reconcile");
        garden.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("Progressing", (await garden.GetAsync()).Dns());
        Assert.Null((await garden.SettleAsync()).Dns());
    }

    private static IEnumerable<int> DnsPods(JsonNode inside) =>
        inside["pods"]!.AsArray().Where(pod => (string?)pod!["owner"] == "coredns").Select(pod => pod!["podIPs"]!.AsArray().Count);
}
