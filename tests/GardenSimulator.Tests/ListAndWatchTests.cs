using System.Globalization;
using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>Paging, selectors, watches.</summary>
public class ListAndWatchTests
{
    private static readonly string Five = string.Join("\n---\n", Enumerable.Range(1, 5).Select(i => Manifest.Aws($"s{i}")));

    [Fact]
    public async Task List_InPages_KeepsTheFirstPagesVersion_WhateverChangesMeanwhile()
    {
        await using var garden = await TestGarden.StartAsync(Five);
        var first = await garden.GetAsync($"{TestGarden.Shoots}?limit=2");
        Assert.Equal(3, first["metadata"]!["remainingItemCount"]!.GetValue<int>());
        await garden.PatchAsync("""{"metadata":{"labels":{"a":"b"}}}""", $"{TestGarden.Shoots}/s4");
        var token = Uri.EscapeDataString((string)first["metadata"]!["continue"]!);
        var second = await garden.GetAsync($"{TestGarden.Shoots}?limit=2&continue={token}");
        Assert.Equal((string?)first["metadata"]!["resourceVersion"], (string?)second["metadata"]!["resourceVersion"]);
        Assert.Equal(["s3", "s4"], second["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]));
        Assert.Null(second["items"]![1]!["metadata"]!["labels"]!["a"]);
    }

    [Fact]
    public async Task List_ContinueTooOld_Expires()
    {
        await using var garden = await TestGarden.StartAsync(Five);
        var token = Uri.EscapeDataString((string)(await garden.GetAsync($"{TestGarden.Shoots}?limit=2"))["metadata"]!["continue"]!);
        await garden.FaultAsync("""{"kind":"expireWatches"}""");
        var refused = await garden.GetAsync($"{TestGarden.Shoots}?limit=2&continue={token}");
        Assert.Equal(410, refused["code"]!.GetValue<int>());
        Assert.Equal("Expired", (string?)refused["reason"]);
    }

    [Theory]
    [InlineData("labelSelector=dualstack.dev/migration=active", "s1")]
    [InlineData("labelSelector=dualstack.dev/migration%20in%20(active,paused)", "s1,s2")]
    [InlineData("labelSelector=!dualstack.dev/migration", "s3,s4,s5")]
    [InlineData("labelSelector=dualstack.dev/migration,dualstack.dev/migration!=paused", "s1")]
    [InlineData("fieldSelector=metadata.name=s5", "s5")]
    [InlineData("fieldSelector=spec.seedName!=aws-sim", "")]
    public async Task List_BySelector_FindsWhatMatches(string selector, string expected)
    {
        await using var garden = await TestGarden.StartAsync(Five);
        await garden.PatchAsync("""{"metadata":{"labels":{"dualstack.dev/migration":"active"}}}""", $"{TestGarden.Shoots}/s1");
        await garden.PatchAsync("""{"metadata":{"labels":{"dualstack.dev/migration":"paused"}}}""", $"{TestGarden.Shoots}/s2");
        foreach (var scope in new[] { TestGarden.Shoots, "/apis/core.gardener.cloud/v1beta1/shoots" })
        {
            var list = await garden.GetAsync($"{scope}?{selector}");
            Assert.Equal(expected, string.Join(',', list["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"])));
        }
    }

    [Fact]
    public async Task Watch_BySelector_SeesObjectsEnterChangeAndLeave()
    {
        await using var garden = await TestGarden.StartAsync();
        var version = (string?)(await garden.GetAsync(TestGarden.Shoots))["metadata"]!["resourceVersion"];
        using var watch = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true&resourceVersion={version}&labelSelector=m%3Da");
        await garden.PatchAsync("""{"metadata":{"labels":{"m":"a"}}}""");
        await garden.PatchAsync("""{"metadata":{"labels":{"n":"b"}}}""");
        await garden.PatchAsync("""{"metadata":{"labels":{"m":null}}}""");
        Assert.Equal("ADDED", (await watch.NextAsync())!.Value.Type);
        Assert.Equal("MODIFIED", (await watch.NextAsync())!.Value.Type);
        var gone = (await watch.NextAsync())!.Value;
        Assert.Equal("DELETED", gone.Type);
        Assert.True(long.Parse((string)gone.Object["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture) > long.Parse(version!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Watch_SeesRunsGoOnWithoutAnyRequest()
    {
        await using var garden = await TestGarden.StartAsync();
        var version = (string?)(await garden.ReconcileAsync())["metadata"]!["resourceVersion"];
        using var watch = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true&resourceVersion={version}");
        garden.Time.Advance(TimeSpan.FromHours(1.5));
        var states = new List<string?>();
        while (!states.Contains("Processing") || states[^1] != "Succeeded")
        {
            states.Add((await watch.NextAsync())!.Value.Object.State());
        }
    }

    [Fact]
    public async Task Watch_WithoutVersion_StartsWithWhatIsThere()
    {
        await using var garden = await TestGarden.StartAsync(Five);
        using var watch = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true");
        for (var i = 1; i <= 5; i++)
        {
            var (type, item) = (await watch.NextAsync())!.Value;
            Assert.Equal("ADDED", type);
            Assert.Equal($"s{i}", (string?)item["metadata"]!["name"]);
        }
    }

    [Fact]
    public async Task Watch_FromAVersionTooOld_IsToldSoAndEnds()
    {
        await using var garden = await TestGarden.StartAsync(with: options => options with { WatchHistory = 4 });
        for (var i = 0; i < 10; i++)
        {
            await garden.PatchAsync(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["n"] = $"{i}" } } }.ToJsonString());
        }

        using var watch = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true&resourceVersion=2");
        var (type, status) = (await watch.NextAsync())!.Value;
        Assert.Equal("ERROR", type);
        Assert.Equal(410, status["code"]!.GetValue<int>());
        Assert.Equal("Expired", (string?)status["reason"]);
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task Watch_ClosedByAFault_EndsAndCanBeResumed()
    {
        await using var garden = await TestGarden.StartAsync();
        var version = (string?)(await garden.GetAsync(TestGarden.Shoots))["metadata"]!["resourceVersion"];
        using var watch = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true&resourceVersion={version}");
        await garden.PatchAsync("""{"metadata":{"labels":{"n":"1"}}}""");
        var seen = (await watch.NextAsync())!.Value.Object;
        await garden.FaultAsync("""{"kind":"closeWatches"}""");
        Assert.Null(await watch.NextAsync());
        await garden.PatchAsync("""{"metadata":{"labels":{"n":"2"}}}""");
        using var resumed = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true&resourceVersion={(string?)seen["metadata"]!["resourceVersion"]}");
        Assert.Equal("2", (string?)(await resumed.NextAsync())!.Value.Object["metadata"]!["labels"]!["n"]);
    }

    [Fact]
    public async Task Watch_Timeout_EndsWithABookmarkForThoseWhoAsked()
    {
        await using var garden = await TestGarden.StartAsync();
        var version = (string?)(await garden.GetAsync(TestGarden.Shoots))["metadata"]!["resourceVersion"];
        using var watch = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true&resourceVersion={version}&timeoutSeconds=1&allowWatchBookmarks=true");
        var (type, item) = (await watch.NextAsync())!.Value;
        Assert.Equal("BOOKMARK", type);
        Assert.Equal(version, (string?)item["metadata"]!["resourceVersion"]);
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task EveryAnswer_CarriesTheGardensDate()
    {
        await using var garden = await TestGarden.StartAsync();
        garden.Time.Advance(TimeSpan.FromDays(40));
        using var response = await garden.Client.GetAsync($"{TestGarden.Shoots}/shop");
        Assert.Equal(garden.Time.GetUtcNow(), response.Headers.Date);
    }

    [Fact]
    public async Task Viewer_MayReadOnly()
    {
        await using var garden = await TestGarden.StartAsync();
        using var viewer = TestGarden.ClientOf(garden.Server, "viewer");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await viewer.GetAsync($"{TestGarden.Shoots}/shop")).StatusCode);
        using var body = new StringContent("{}", null, "application/merge-patch+json");
        using var refused = await viewer.PatchAsync($"{TestGarden.Shoots}/shop", body);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(
            "shoots.core.gardener.cloud \"shop\" is forbidden: User \"viewer\" cannot patch resource \"shoots\" in API group \"core.gardener.cloud\" in the namespace \"garden-retail\"",
            (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["message"]);
    }

    [Fact]
    public async Task WrongToken_IsUnauthorized()
    {
        await using var garden = await TestGarden.StartAsync();
        using var stranger = TestGarden.Trusting(garden.Server.CertificateAuthorityPem, null);
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "guess");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(garden.Server.BaseAddress, TestGarden.Shoots))).StatusCode);
    }

    [Fact]
    public async Task Watch_WhileOtherShootsNeverRest_StillGetsBookmarks()
    {
        await using var garden = await TestGarden.StartAsync(Five, options => options with { BookmarkPeriod = TimeSpan.FromMilliseconds(300) });
        var version = (string?)(await garden.GetAsync(TestGarden.Shoots))["metadata"]!["resourceVersion"];
        using var watch = await WatchReader.OpenAsync(garden.Client, $"{TestGarden.Shoots}?watch=true&resourceVersion={version}&labelSelector=none%3Dsuch&allowWatchBookmarks=true");
        var next = watch.NextAsync();
        for (var i = 0; !next.IsCompleted; i++)
        {
            await garden.PatchAsync(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["n"] = $"{i}" } } }.ToJsonString(), $"{TestGarden.Shoots}/s1");
        }

        var (type, bookmark) = (await next)!.Value;
        Assert.Equal("BOOKMARK", type);
        Assert.NotEqual(version, (string?)bookmark["metadata"]!["resourceVersion"]);
    }
}
