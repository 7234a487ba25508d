using Dualstack.GardenSimulator.Manifests;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>Shoots from files.</summary>
public class ManifestTests
{
    [Theory]
    [InlineData("apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata:\n  name: [oops\n", ":5: this is not valid YAML")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", ":1: expected a Shoot")]
    [InlineData("# nothing here but a list\n- a\n- b\n", ":2: a manifest must be an object")]
    [InlineData("apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata:\n  name: shop\nspec: {provider: {type: aws}}\n", ":4: metadata.namespace is missing")]
    [InlineData("apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: a, namespace: b}\nspec: {provider: {type: aws, workers: {}}}\n", ":1: json: cannot unmarshal object into Go struct field Provider.spec.provider.workers")]
    [InlineData("apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: a, namespace: b}\nspec: {provider: {type: aws, workers: [{minimum: few}]}}\n", ":1: json: cannot unmarshal string into Go struct field Worker.spec.provider.workers.minimum of type int32")]
    public async Task Malformed_IsRefusedWithFileAndLine(string manifest, string problem)
    {
        var refused = await Assert.ThrowsAsync<ManifestException>(() => TestGarden.StartAsync(manifest));
        Assert.Contains("shoots.yaml" + problem, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: sys", "nome: sys", "spec.provider.workers[0].name: Invalid value: \"\": must have 1 to 15 characters")]
    [InlineData("name: load", "name: sys", "spec.provider.workers[1].name: Duplicate value: \"sys\"")]
    [InlineData("ipFamilies: [IPv4]", "ipFamilies: [ipv4]", "spec.networking.ipFamilies[0]: Unsupported value: \"ipv4\": supported values: \"IPv4\", \"IPv6\"")]
    [InlineData("nodes: 10.250.0.0/16", "pods: 100.96.0.0", "spec.networking.pods: Invalid value: \"100.96.0.0\": invalid CIDR address: 100.96.0.0")]
    [InlineData("nodes: 10.250.0.0/16", "pods: fd00::/48", "spec.networking.pods: Invalid value: \"fd00::/48\": must be a valid IPv4 address")]
    [InlineData("nodes: 10.250.0.0/16", "services: 100.64.0.1/13", "spec.networking.services: Invalid value: \"100.64.0.1/13\": must be valid canonical CIDR")]
    [InlineData("minimum: 2", "maxSurge: lots", "spec.provider.workers[0].maxSurge: Invalid value: \"lots\": a valid percent string")]
    public async Task WrongValue_IsRefusedWithFileLineAndField(string right, string wrong, string problem)
    {
        var manifest = Manifest.Aws();
        var at = manifest.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the manifest has no {right}");

        var refused = await Assert.ThrowsAsync<ManifestException>(() => TestGarden.StartAsync(string.Concat(manifest.AsSpan(0, at), wrong, manifest.AsSpan(at + right.Length))));

        Assert.Contains($"shoots.yaml:1: {problem}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameShootTwice_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<ManifestException>(() => TestGarden.StartAsync(Manifest.Aws() + "\n---\n" + Manifest.Aws()));
        Assert.Contains("shoot garden-retail/shop is already in", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListWithUnknownFields_IsReadAndKept()
    {
        var items = Manifest.Aws().Replace("\n", "\n  ", StringComparison.Ordinal);
        await using var garden = await TestGarden.StartAsync("apiVersion: v1\nkind: List\nitems:\n- " + items.Replace("region:", "futureField: {deep: [1, two]}\n    region:", StringComparison.Ordinal));
        Assert.Equal("two", (string?)(await garden.GetAsync())["spec"]!["futureField"]!["deep"]![1]);
        await garden.DualStackAsync();
        Assert.Equal("two", (string?)(await garden.SettleAsync())["spec"]!["futureField"]!["deep"]![1]);
    }

    [Fact]
    public async Task Examples_ComeUpAsDescribed()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Temporal.sln")))
        {
            directory = directory.Parent!;
        }

        await using var garden = await TestGarden.StartAsync(with: options => options with { ManifestDirectories = [Path.Combine(directory.FullName, "examples", "shoots")] });
        var all = (await garden.GetAsync("/apis/core.gardener.cloud/v1beta1/shoots"))["items"]!.AsArray();
        Assert.Equal(9, all.Count);
        Assert.All(all, shoot => Assert.EndsWith("-sim", (string?)shoot!["status"]!["clusterIdentity"], StringComparison.Ordinal));
        Assert.Equal("Progressing", (await garden.GetAsync($"{TestGarden.Shoots}/billing")).Nodes());
        Assert.Equal([1, 1, 1], await garden.NodeFamiliesAsync(name: "billing"));
        Assert.Equal([2, 2], await garden.NodeFamiliesAsync(name: "modern"));
        Assert.Equal(2, (await garden.InsideAsync("modern"))["dnsServiceFamilies"]!.GetValue<int>());
        Assert.Empty(await garden.NodeFamiliesAsync(name: "night"));
        Assert.Equal("True", (await garden.GetAsync($"{TestGarden.Shoots}/night")).Condition("EveryNodeReady"));

        await garden.AnnotateAsync("rollout-workers=sys,jobs", "billing");
        Assert.Equal("True", (await garden.SettleAsync("billing")).Nodes());
    }

    [Fact]
    public async Task HalfWay_WaitingForDns_IsTakenOverWithItsPods()
    {
        const string Status = """
            status:
              observedGeneration: 4
              lastOperation: {type: Reconcile, state: Succeeded, progress: 100, description: done, lastUpdateTime: "2026-08-20T21:14:03Z"}
              networking: {nodes: ["2600:1f18:aa:bb00::/56", 10.250.0.0/16], pods: ["2600:1f18:aa:bb00::/56", 100.96.0.0/11], services: ["2600:1f18:aa:bb10::/108", 100.64.0.0/13]}
              constraints:
              - {type: DNSServiceMigrationReady, status: Progressing, reason: DNSServiceMigration, message: The shoot is migrating the kube-dns service.}
            """;
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(families: "[IPv4, IPv6]").TrimEnd() + "\n" + Status);
        Assert.Equal([2, 2, 2], await garden.NodeFamiliesAsync());
        var run4 = await garden.ReconcileAsync();
        Assert.Equal("Progressing", run4.Dns());
        Assert.Null(run4.Nodes());
        garden.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("True", (await garden.ReconcileAsync()).Dns());
    }
}
