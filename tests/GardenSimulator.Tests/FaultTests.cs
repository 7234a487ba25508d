using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>What can be made to go wrong goes wrong as asked, and the audit log tells it.</summary>
public class FaultTests
{
    private const string Dual = """{"spec":{"networking":{"ipFamilies":["IPv4","IPv6"]}}}""";

    [Fact]
    public async Task WithheldAnswer_IsCommittedOnce()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync("""{"kind":"withholdAnswer","shoot":"shop","bodyContains":"ipFamilies"}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => garden.PatchAsync(Dual, $"{TestGarden.Shoots}/shop?fieldManager=test"));
        Assert.Equal(5, (await garden.GetAsync()).Generation());

        var entry = Assert.Single(await AuditAsync(garden))!;
        Assert.True(entry["committed"]!.GetValue<bool>());
        Assert.Equal("withheld", (string?)entry["fault"]);
        Assert.Equal("patch", (string?)entry["verb"]);
        Assert.Equal("test", (string?)entry["fieldManager"]);
        Assert.Equal("admin", (string?)entry["user"]);
        Assert.Equal(5, entry["generation"]!.GetValue<long>());
        Assert.Equal("IPv6", (string?)entry["body"]!["spec"]!["networking"]!["ipFamilies"]![1]);
        Assert.Empty((await garden.GetAsync("/simulator/faults")).AsArray());
    }

    [Fact]
    public async Task DropBeforeCommit_ChangesNothing()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync("""{"kind":"dropBeforeCommit"}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => garden.PatchAsync(Dual));
        Assert.Equal(4, (await garden.GetAsync()).Generation());
        Assert.False(Assert.Single(await AuditAsync(garden))!["committed"]!.GetValue<bool>());
        Assert.Equal(5, (await garden.PatchAsync(Dual)).Generation());
    }

    [Fact]
    public async Task DelayedAnswer_ComesWhenTheFaultIsDeleted()
    {
        await using var garden = await TestGarden.StartAsync();
        var fault = await garden.FaultAsync("""{"kind":"delayAnswer"}""");
        var pending = garden.PatchAsync(Dual);
        while ((await garden.GetAsync()).Generation() != 5)
        {
            await Task.Yield();
        }

        Assert.False(pending.IsCompleted);
        await garden.Client.DeleteAsync($"/simulator/faults/{fault["id"]}");
        Assert.Equal(5, (await pending).Generation());
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    [InlineData(409, "Conflict")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task AnswerWith_StrikesAsOftenAsAsked(int code, string reason)
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync(new JsonObject { ["kind"] = "answerWith", ["code"] = code, ["verb"] = "patch", ["times"] = 2 }.ToJsonString());
        for (var i = 0; i < 2; i++)
        {
            var refused = await garden.PatchAsync(Dual);
            Assert.Equal(code, refused["code"]!.GetValue<int>());
            Assert.Equal(reason, (string?)refused["reason"]);
        }

        Assert.Equal(5, (await garden.PatchAsync(Dual)).Generation());
    }

    [Fact]
    public async Task WebhookDenial_HasTheGivenText()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.FaultAsync("""{"kind":"webhookDenial","webhook":"policy.example","message":"not on a Friday"}""");
        Assert.Equal("admission webhook \"policy.example\" denied the request: not on a Friday", (string?)(await garden.PatchAsync(Dual))["message"]);
    }

    [Fact]
    public async Task SingleStackNode_KeepsTheConstraintProgressing_UntilRolledAgain()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.FaultAsync("""{"kind":"singleStackNodes","pool":"sys","times":1}""");
        await garden.AnnotateAsync("rollout-workers=*");
        Assert.Equal("Progressing", (await garden.SettleAsync()).Nodes());
        Assert.Equal([1, 2], (await garden.NodeFamiliesAsync("sys")).Order());
        await garden.AnnotateAsync("rollout-workers=sys");
        Assert.Equal("True", (await garden.SettleAsync()).Nodes());
    }

    [Fact]
    public async Task LostRollout_LeavesNothingPending_AndNoNodeReplaced()
    {
        await using var garden = await TestGarden.StartAsync();
        var before = (await garden.InsideAsync())["nodes"]!.ToJsonString();
        await garden.FaultAsync("""{"kind":"loseRollout"}""");
        await garden.AnnotateAsync("rollout-workers=*");
        var shoot = await garden.SettleAsync();
        Assert.Null(shoot.Operation());
        Assert.Null(shoot["status"]!["manualWorkerPoolRollout"]);
        Assert.Equal(before, (await garden.InsideAsync())["nodes"]!.ToJsonString());
    }

    [Fact]
    public async Task CoreDnsWithoutPods_LeavesTheDnsConstraintAlone()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.DualStackAsync();
        await garden.SettleAsync();
        await garden.AnnotateAsync("rollout-workers=*");
        await garden.SettleAsync();
        await garden.ReconcileAsync();
        var fault = await garden.FaultAsync("""{"kind":"coreDnsWithoutPods","times":0}""");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("Progressing", (await garden.ReconcileAsync()).Dns());
            garden.Time.Advance(TimeSpan.FromMinutes(2));
        }

        await garden.Client.DeleteAsync($"/simulator/faults/{fault["id"]}");
        await garden.ReconcileAsync();
        garden.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("True", (await garden.ReconcileAsync()).Dns());
    }

    [Fact]
    public async Task GardenletDown_NothingIsObserved()
    {
        await using var garden = await TestGarden.StartAsync();
        var fault = await garden.FaultAsync("""{"kind":"gardenletDown","times":0}""");
        await garden.AnnotateAsync("reconcile");
        garden.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, (await garden.GetAsync())["status"]!["observedGeneration"]!.GetValue<long>());
        await garden.Client.DeleteAsync($"/simulator/faults/{fault["id"]}");
        Assert.Equal(5, (await garden.SettleAsync())["status"]!["observedGeneration"]!.GetValue<long>());
    }

    [Fact]
    public async Task UnknownFault_IsRefusedWithTheKindsThereAre()
    {
        await using var garden = await TestGarden.StartAsync();
        Assert.Contains("WithholdAnswer", (string?)(await garden.FaultAsync("""{"kind":"nonsense"}"""))["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recreate_IsAnotherShootUnderTheSameName()
    {
        await using var garden = await TestGarden.StartAsync();
        await garden.DualStackAsync();
        await garden.SettleAsync();
        var before = await garden.GetAsync();
        await garden.SendAsync(HttpMethod.Post, "/simulator/shoots/garden-retail/shop/recreate", "");
        var after = await garden.GetAsync();
        Assert.NotEqual((string?)before["metadata"]!["uid"], (string?)after["metadata"]!["uid"]);
        Assert.Equal(["IPv4"], after["spec"]!["networking"]!["ipFamilies"].Texts());
        Assert.Equal([1, 1, 1], await garden.NodeFamiliesAsync());
    }

    private static async Task<JsonArray> AuditAsync(TestGarden garden) => (await garden.GetAsync("/simulator/audit")).AsArray();
}
