using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>Refusals, word for word.</summary>
public class AdmissionTests
{
    [Theory]
    [InlineData("[IPv4]", "[\"IPv6\",\"IPv4\"]", "oldIPFamilies=[IPv4], newIPFamilies=[IPv6 IPv4]")]
    [InlineData("[IPv4]", "[\"IPv6\"]", "oldIPFamilies=[IPv4], newIPFamilies=[IPv6]")]
    [InlineData("[IPv4, IPv6]", "[\"IPv6\"]", "oldIPFamilies=[IPv4 IPv6], newIPFamilies=[IPv6]")]
    [InlineData("[IPv4, IPv6]", "[\"IPv6\",\"IPv4\"]", "oldIPFamilies=[IPv4 IPv6], newIPFamilies=[IPv6 IPv4]")]
    public async Task Families_UnsupportedChange_IsInvalid(string old, string wanted, string text)
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(families: old));
        var refused = await garden.PatchAsync("""{"spec":{"networking":{"ipFamilies":WANTED}}}""".Replace("WANTED", wanted, StringComparison.Ordinal));
        Assert.Equal(422, refused["httpStatus"]!.GetValue<int>());
        Assert.Contains($"spec.networking.ipFamilies: Forbidden: unsupported IP family update: {text}", (string?)refused["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Families_IPv6OnlyToDual_HasTheExactBody()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.IPv6Only());
        var refused = await garden.PatchAsync("""{"spec":{"networking":{"ipFamilies":["IPv6","IPv4"]}}}""");
        var expected = JsonNode.Parse("""
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":422,"reason":"Invalid","httpStatus":422,
             "message":"Shoot.core.gardener.cloud \"shop\" is invalid: spec.networking.ipFamilies: Forbidden: unsupported IP family update: oldIPFamilies=[IPv6], newIPFamilies=[IPv6 IPv4]",
             "details":{"name":"shop","group":"core.gardener.cloud","kind":"Shoot","causes":[{"reason":"FieldValueForbidden","message":"Forbidden: unsupported IP family update: oldIPFamilies=[IPv6], newIPFamilies=[IPv6 IPv4]","field":"spec.networking.ipFamilies"}]}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, refused), refused.ToJsonString());
    }

    [Fact]
    public async Task Families_IPv6OnlyToDual_IsAcceptedByVersionsThatCheckedInTheNetworkOnly()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.IPv6Only(), options => options with { GardenerVersion = "v1.120.0" });
        var refused = await garden.PatchAsync("""{"spec":{"networking":{"ipFamilies":["IPv6","IPv4"],"nodes":"10.250.0.0/16"}}}""");
        Assert.Equal(2, refused.Generation());
    }

    [Fact]
    public async Task WayBack_WithMaskSizes_IsRefusedBothWays()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(families: "[IPv4, IPv6]"));
        var kept = await garden.PatchAsync("""{"spec":{"networking":{"ipFamilies":["IPv4"]}}}""");
        Assert.Contains("nodeCIDRMaskSizeIPv6 cannot be set for IPv4 single-stack clusters", (string?)kept["message"], StringComparison.Ordinal);
        var removed = await garden.PatchAsync("""{"spec":{"networking":{"ipFamilies":["IPv4"]},"kubernetes":{"kubeControllerManager":{"nodeCIDRMaskSizeIPv6":null}}}}""");
        Assert.Contains("nodeCIDRMaskSizeIPv6: Invalid value: null: field is immutable", (string?)removed["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("overlay: {enabled: true}", "spec.networking.providerConfig.overlay.enabled: Invalid value: true: overlay must be set to false in conjunction with IPv6")]
    [InlineData("backend: none", "spec.networking.ipFamilies: Invalid value: [\"IPv4\",\"IPv6\"]: overlay must be set to false in conjunction with IPv6")]
    public async Task Overlay_NotExplicitlyOff_IsDeniedByTheWebhook(string overlay, string text)
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(overlay: overlay));
        var refused = await garden.DualStackAsync();
        Assert.Equal(403, refused["code"]!.GetValue<int>());
        Assert.Equal("Forbidden", (string?)refused["reason"]);
        Assert.Equal($"admission webhook \"validator.admission-aws.extensions.gardener.cloud\" denied the request: {text}", (string?)refused["message"]);
    }

    [Fact]
    public async Task Azure_IsDeniedByItsWebhook()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(provider: "azure"));
        Assert.Contains("dual-stack networking is not supported", (string?)(await garden.DualStackAsync())["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rollout-workers=", "Required value")]
    [InlineData("rollout-workers=nope", "Invalid value: \"nope\": worker pool name nope does not exist")]
    [InlineData("rollout-workers=sys,sys", "Duplicate value: \"sys\"")]
    [InlineData("rollout-workers=*,sys", "Forbidden: the '*' cannot be combined")]
    [InlineData("rollout-workers=keep", "is using in-place update strategy; manual worker pool rollout is not supported for such pools")]
    [InlineData("rollout-workers=*", "is using in-place update strategy")]
    [InlineData("nonsense", "Unsupported value: \"nonsense\"")]
    [InlineData("retry;reconcile", "must not be combined")]
    public async Task Operation_Invalid_IsRefusedOnItsAnnotation(string operation, string text)
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(pools: "[{name: sys, minimum: 1, maximum: 2}, {name: keep, minimum: 1, maximum: 1, updateStrategy: AutoInPlaceUpdate}]"));
        var refused = await garden.AnnotateAsync(operation);
        Assert.Equal(422, refused["code"]!.GetValue<int>());
        Assert.Contains("metadata.annotations[gardener.cloud/operation]", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Contains(text, (string?)refused["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollout_WhileHibernated_IsForbidden()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(extra: "hibernation: {enabled: true}"));
        Assert.Contains(
            "operation 'rollout-workers=sys' is not permitted when shoot is hibernated or is waking up",
            (string?)(await garden.AnnotateAsync("rollout-workers=sys"))["message"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_WithoutConfirmation_IsForbidden_WithIt_RunsToTheEnd()
    {
        await using var garden = await TestGarden.StartAsync();
        var refused = await garden.SendAsync(HttpMethod.Delete, $"{TestGarden.Shoots}/shop", "{}");
        Assert.Equal(403, refused["code"]!.GetValue<int>());
        Assert.StartsWith("shoots.core.gardener.cloud \"shop\" is forbidden: ", (string?)refused["message"], StringComparison.Ordinal);

        await garden.PatchAsync("""{"metadata":{"annotations":{"confirmation.gardener.cloud/deletion":"true"}}}""");
        var deleting = await garden.SendAsync(HttpMethod.Delete, $"{TestGarden.Shoots}/shop", "{}");
        Assert.NotNull(deleting["metadata"]!["deletionTimestamp"]);
        var frozen = await garden.DualStackAsync();
        Assert.Contains("cannot update shoot spec if deletion timestamp is set", (string?)frozen["message"], StringComparison.Ordinal);
        garden.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("shoots.core.gardener.cloud \"shop\" not found", (string?)(await garden.GetAsync())["message"]);
    }

    [Fact]
    public async Task Put_WithoutVersion_IsInvalid_WithAStaleOne_Conflicts()
    {
        await using var garden = await TestGarden.StartAsync();
        var shoot = await garden.GetAsync();
        await garden.PatchAsync("""{"metadata":{"labels":{"a":"b"}}}""");
        var stale = await garden.SendAsync(HttpMethod.Put, $"{TestGarden.Shoots}/shop", shoot.ToJsonString());
        Assert.Equal(409, stale["code"]!.GetValue<int>());
        Assert.Equal("Operation cannot be fulfilled on shoots.core.gardener.cloud \"shop\": the object has been modified; please apply your changes to the latest version and try again", (string?)stale["message"]);
        shoot["metadata"]!.AsObject().Remove("resourceVersion");
        Assert.Equal(422, (await garden.SendAsync(HttpMethod.Put, $"{TestGarden.Shoots}/shop", shoot.ToJsonString()))["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Patch_WithAnotherVersionOrUid_IsRefused()
    {
        await using var garden = await TestGarden.StartAsync();
        Assert.Equal(409, (await garden.PatchAsync("""{"metadata":{"resourceVersion":"1","labels":{"a":"b"}}}"""))["code"]!.GetValue<int>());
        Assert.Equal(422, (await garden.PatchAsync("""{"metadata":{"uid":"00000000-0000-0000-0000-000000000000","labels":{"a":"b"}}}"""))["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task JsonPatch_FailedTest_IsInvalid()
    {
        await using var garden = await TestGarden.StartAsync();
        var refused = await garden.PatchAsync("""[{"op":"test","path":"/metadata/generation","value":99},{"op":"add","path":"/metadata/labels/a","value":"b"}]""", type: "application/json-patch+json");
        Assert.Equal(422, refused["code"]!.GetValue<int>());
        Assert.Equal("Invalid", (string?)refused["reason"]);
    }

    [Fact]
    public async Task StrategicMerge_MergesPoolsByName_MergePatchReplacesThem()
    {
        await using var garden = await TestGarden.StartAsync();
        var merged = await garden.PatchAsync("""{"spec":{"provider":{"workers":[{"name":"load","maximum":20}]}}}""", type: "application/strategic-merge-patch+json");
        Assert.Equal(["sys", "load"], merged["spec"]!["provider"]!["workers"]!.AsArray().Select(pool => (string?)pool!["name"]));
        Assert.Equal(20, merged["spec"]!["provider"]!["workers"]![1]!["maximum"]!.GetValue<int>());
        var replaced = await garden.PatchAsync("""{"spec":{"provider":{"workers":[{"name":"load","minimum":1,"maximum":21}]}}}""");
        Assert.Single(replaced["spec"]!["provider"]!["workers"]!.AsArray());
    }

    [Fact]
    public async Task Status_IsWrittenByItsSubresourceOnly()
    {
        await using var garden = await TestGarden.StartAsync();
        var plain = await garden.PatchAsync("""{"status":{"technicalID":"changed"}}""");
        Assert.Equal("shoot--retail--shop", (string?)plain["status"]!["technicalID"]);
        var status = await garden.PatchAsync("""{"status":{"technicalID":"changed"},"spec":{"purpose":"testing"}}""", $"{TestGarden.Shoots}/shop/status");
        Assert.Equal("changed", (string?)status["status"]!["technicalID"]);
        Assert.Equal("evaluation", (string?)status["spec"]!["purpose"]);
        Assert.Equal(4, status.Generation());
    }

    [Theory]
    [InlineData("""{"spec":{"networking":{"ipFamilies":"IPv6"}}}""", "cannot unmarshal string into Go struct field Networking.spec.networking.ipFamilies")]
    [InlineData("""{"metadata":{"annotations":{"a":true}}}""", "cannot unmarshal bool into Go struct field ObjectMeta.metadata.annotations of type string")]
    [InlineData("[]", "the body must be an object")]
    [InlineData("{", "neither JSON nor YAML")]
    public async Task Body_ThatIsNoShoot_IsABadRequest(string body, string text)
    {
        await using var garden = await TestGarden.StartAsync();
        var refused = await garden.PatchAsync(body);
        Assert.Equal(400, refused["code"]!.GetValue<int>());
        Assert.Contains(text, (string?)refused["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maxSurge", "\"lots\"", "Invalid value: \"lots\": a valid percent string must be a numeric string followed by an ending '%'")]
    [InlineData("maxUnavailable", "-1", "Invalid value: -1: must be greater than or equal to 0")]
    public async Task Surge_ThatNoRolloutCouldFollow_IsInvalid(string field, string value, string text)
    {
        await using var garden = await TestGarden.StartAsync();
        var refused = await garden.PatchAsync(
            "{\"spec\":{\"provider\":{\"workers\":[{\"name\":\"sys\",\"" + field + "\":" + value + "}]}}}", type: "application/strategic-merge-patch+json");
        Assert.Equal(422, refused["httpStatus"]!.GetValue<int>());
        Assert.Contains($"spec.provider.workers[0].{field}: {text}", (string?)refused["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_WithAnUnknownValue_WritesNothing()
    {
        await using var garden = await TestGarden.StartAsync();
        var refused = await garden.PatchAsync("""{"metadata":{"labels":{"a":"b"}}}""", $"{TestGarden.Shoots}/shop?dryRun=all");
        Assert.Equal(422, refused["httpStatus"]!.GetValue<int>());
        Assert.Contains("dryRun: Unsupported value: \"all\": supported values: \"All\"", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Null((await garden.GetAsync())["metadata"]!["labels"]!["a"]);
    }

    [Fact]
    public async Task JsonPatch_ThatMovesFromNowhere_IsABadRequest()
    {
        await using var garden = await TestGarden.StartAsync();
        var refused = await garden.PatchAsync("""[{"op":"move","path":"/metadata/labels/a"}]""", type: "application/json-patch+json");
        Assert.Equal(400, refused["httpStatus"]!.GetValue<int>());
    }

    [Fact]
    public async Task NewShoot_WithoutOverlaySetting_GetsNativeRouting()
    {
        await using var garden = await TestGarden.StartAsync(Manifest.Aws(families: "[IPv4, IPv6]"));
        var shoot = (await garden.GetAsync()).AsObject();
        shoot.Remove("status");
        shoot["metadata"] = new JsonObject { ["name"] = "new", ["namespace"] = TestGarden.Space };
        shoot["spec"]!["networking"]!.AsObject().Remove("providerConfig");

        var created = await garden.SendAsync(HttpMethod.Post, TestGarden.Shoots, shoot.ToJsonString());

        Assert.False(created["spec"]!["networking"]!["providerConfig"]!["overlay"]!["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Patch_OfAnUnknownType_IsUnsupported()
    {
        await using var garden = await TestGarden.StartAsync();
        Assert.Equal(415, (await garden.PatchAsync("{}", type: "application/json"))["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Kubeconfig_ForLessThanTenMinutes_IsInvalid_ForMoreThanADay_IsCapped()
    {
        await using var garden = await TestGarden.StartAsync();
        const string Path = $"{TestGarden.Shoots}/shop/viewerkubeconfig";
        Assert.Equal(422, (await garden.SendAsync(HttpMethod.Post, Path, """{"spec":{"expirationSeconds":599}}"""))["code"]!.GetValue<int>());
        var capped = await garden.SendAsync(HttpMethod.Post, Path, """{"spec":{"expirationSeconds":999999}}""");
        Assert.Equal("2026-09-02T12:00:00Z", (string?)capped["status"]!["expirationTimestamp"]);
        Assert.Equal(405, (await garden.GetAsync(Path))["code"]!.GetValue<int>());
    }
}
