using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>Server-side apply: owners, conflicts, and fields that nobody applies any more.</summary>
public class ServerSideApplyTests
{
    [Fact]
    public async Task Apply_OfAFieldThatSomebodyElseOwns_ConflictsUntilForced()
    {
        await using var garden = await TestGarden.StartAsync();
        await ApplyAsync(garden, "first", """{"spec":{"purpose":"testing"}}""");

        var refused = await ApplyAsync(garden, "second", """{"spec":{"purpose":"development"}}""");

        Assert.Equal(409, refused["httpStatus"]!.GetValue<int>());
        Assert.Equal("Apply failed with 1 conflict: conflict with \"first\" using core.gardener.cloud/v1beta1: .spec.purpose", (string?)refused["message"]);
        Assert.Equal("FieldManagerConflict", (string?)refused["details"]!["causes"]![0]!["reason"]);
        Assert.Equal("testing", Purpose(await garden.GetAsync()));
        Assert.Equal("development", Purpose(await ApplyAsync(garden, "second", """{"spec":{"purpose":"development"}}""", "&force=true")));
        Assert.Equal("development", Purpose(await ApplyAsync(garden, "first", """{"metadata":{"labels":{"a":"b"}}}""")));
    }

    [Fact]
    public async Task Apply_WithoutAFieldThatItAppliedBefore_RemovesIt()
    {
        await using var garden = await TestGarden.StartAsync();
        await ApplyAsync(garden, "me", """{"metadata":{"labels":{"mine":"1","both":"1"}}}""");
        await ApplyAsync(garden, "other", """{"metadata":{"labels":{"both":"1"}}}""");

        var labels = (await ApplyAsync(garden, "me", """{"metadata":{"labels":{"new":"1"}}}"""))["metadata"]!["labels"]!.AsObject();

        Assert.False(labels.ContainsKey("mine"));
        Assert.True(labels.ContainsKey("both"));
        Assert.True(labels.ContainsKey("new"));
    }

    [Fact]
    public async Task Apply_OfANewShoot_NotesItsOwner()
    {
        await using var garden = await TestGarden.StartAsync();
        var manifest = (await garden.GetAsync()).AsObject();
        manifest.Remove("status");
        var metadata = new JsonObject { ["name"] = "new", ["namespace"] = TestGarden.Space };
        manifest["metadata"] = metadata;

        await garden.PatchAsync(manifest.ToJsonString(), $"{TestGarden.Shoots}/new?fieldManager=me", "application/apply-patch+yaml");

        var stored = (await garden.GetAsync($"{TestGarden.Shoots}/new"))["metadata"]!;
        Assert.Equal("me", (string?)Assert.Single(stored["managedFields"]!.AsArray())!["manager"]);
        Assert.Equal("admin", (string?)stored["annotations"]!["gardener.cloud/created-by"]);
    }

    private static string? Purpose(JsonNode shoot) => (string?)shoot["spec"]!["purpose"];

    private static Task<JsonNode> ApplyAsync(TestGarden garden, string manager, string fields, string query = "")
    {
        var applied = JsonNode.Parse(fields)!;
        applied["apiVersion"] = "core.gardener.cloud/v1beta1";
        applied["kind"] = "Shoot";
        return garden.PatchAsync(applied.ToJsonString(), $"{TestGarden.Shoots}/shop?fieldManager={manager}{query}", "application/apply-patch+yaml");
    }
}
