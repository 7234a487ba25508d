using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.Activities.Projection;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Nodes;
using Dualstack.Gardener.Shoots;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using FsCheck.Xunit;

namespace Dualstack.Activities.Tests.Projection;

public class ShootProjectionTests
{
    private const int Limit = 4096;
    private static readonly DateTimeOffset Now = new(2026, 8, 20, 21, 14, 3, 123, TimeSpan.Zero);

    [Property(MaxTest = 60)]
    public bool Project_ShootOfAnySize_FitsInto4KiB(ushort pools, ushort pending, ushort conditions, ushort words)
    {
        var observation = ShootProjection.Project(new ShootReading(Huge(pools % 201, pending % 500, conditions % 60, words), Now));

        return JsonSerializer.SerializeToUtf8Bytes(observation).Length <= Limit
            && observation.PoolCount == pools % 201
            && observation.PendingRolloutCount == pending % 500;
    }

    [Fact]
    public void Project_LargestShoot_StillShowsWhatCounts()
    {
        var observation = ShootProjection.Project(new ShootReading(Huge(200, 400, 50, 5000), Now));

        Assert.Equal((200, 400), (observation.PoolCount, observation.PendingRolloutCount));
        Assert.Equal(16, observation.WorkersHash!.Length);
        Assert.NotEmpty(observation.Pools);
        Assert.NotEmpty(observation.ConditionsNotTrue);
        Assert.EndsWith("…", observation.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Project_FiveThousandNodesIn200Pools_FitsInto4KiB()
    {
        var pools = Enumerable.Range(0, 200).Select(pool => new PoolNodes(
            $"pool-{pool:D10}", 25, pool % 2 == 0 ? 25 : 3, 25, Now, Now, [.. Enumerable.Range(0, 20).Select(node => $"gke-{new string('n', 200)}-{pool}-{node}")]));

        var observation = NodeProjection.Project(new ClusterView([.. pools], new ClusterDns(1, 2, 0)), Now, []);

        Assert.True(JsonSerializer.SerializeToUtf8Bytes(observation).Length <= Limit);
        Assert.Equal((5000, 2800, 200, 100), (observation.Total, observation.Done, observation.PoolCount, observation.PoolsDone));
        Assert.All(observation.Pools, pool => Assert.Equal(3, pool.Done));
        Assert.NotEmpty(observation.SingleStackNodes);
    }

    [Fact]
    public void Project_PoolsAskedAbout_ComeFirstHoweverManyOthersThereAre()
    {
        var pools = Enumerable.Range(0, 200).Select(pool => new PoolNodes($"pool-{pool:D10}", 25, pool == 199 ? 25 : 0, 25, Now, Now, []));

        var observation = NodeProjection.Project(
            new ClusterView([.. pools], new ClusterDns(1, 2, 0)), Now, ["pool-0000000199", "pool-0000000150", "empty"]);

        Assert.Equal(["pool-0000000150", "empty", "pool-0000000199", "pool-0000000000"], observation.Pools.Take(4).Select(pool => pool.Pool));
        Assert.Equal((20, 200), (observation.Pools.Count, observation.PoolCount));
        Assert.True(RolloutDecision.IsDone(observation, ["pool-0000000199"]));
        Assert.True(RolloutDecision.IsDone(observation, ["pool-0000000199", "empty"]));
        Assert.False(RolloutDecision.IsDone(observation, ["pool-0000000199", "pool-0000000150"]));
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(observation).Length <= Limit);
    }

    [Fact]
    public void Project_MostOfThePoolsAskedAbout_ThoseThatAreNotDoneComeFirst()
    {
        var names = Enumerable.Range(0, 60).Select(pool => $"pool-{pool:D3}").ToList();
        var asked = names.Take(30).ToList();

        Assert.True(RolloutDecision.IsDone(Seen(done: 30), asked));
        Assert.False(RolloutDecision.IsDone(Seen(done: 29), asked));

        NodeObservation Seen(int done) => NodeProjection.Project(
            new ClusterView([.. names.Select((name, index) => new PoolNodes(name, 1, index < done ? 1 : 0, 1, Now, Now, []))], new ClusterDns(1, 2, 0)), Now, asked);
    }

    [Fact]
    public void Project_RotationsZonesAndUpdatesInPlace_AreShownWhileTheyMatter()
    {
        var shoot = JsonNode.Parse("""
            {
              "metadata": {"name": "s", "namespace": "n", "uid": "u", "resourceVersion": "1"},
              "spec": {"provider": {"workers": [{"name": "a", "zones": ["1", "2"]}, {"name": "b", "zones": ["1"]}, {"name": "c"}]}},
              "status": {
                "credentials": {"rotation": {
                  "certificateAuthorities": {"phase": "Completing"}, "serviceAccountKey": {"phase": "Completed"}, "etcdEncryptionKey": {"phase": "Prepared"},
                  "sshKeypair": {"lastInitiationTime": "2026-01-01T00:00:00Z"}}},
                "inPlaceUpdates": {"pendingWorkerUpdates": {"autoInPlaceUpdate": ["a"], "manualInPlaceUpdate": ["b"]}}
              }
            }
            """)!;

        var observation = ShootProjection.Project(new ShootReading(new Shoot(JsonSerializer.SerializeToElement(shoot)), Now));

        Assert.Equal((1, 2), (observation.MultiZonePoolCount, observation.InPlaceUpdateCount));
        Assert.Equal([new RotationObservation("certificateAuthorities", "Completing")], observation.Rotations);
    }

    [Fact]
    public void Project_NoNodes_IsNotTakenForAllDual() =>
        Assert.False(NodeProjection.Project(new ClusterView([], new ClusterDns(1, 0, 0)), Now, []).AllDual());

    private static Shoot Huge(int pools, int pending, int conditions, int words)
    {
        var text = new string('ü', words);
        string Name(int number) => "p" + number.ToString("D14", CultureInfo.InvariantCulture);
        JsonArray List(int count, Func<int, JsonNode> item) => [.. Enumerable.Range(0, count).Select(item)];
        var shoot = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = "huge",
                ["namespace"] = "garden-huge",
                ["uid"] = Guid.Empty.ToString(),
                ["resourceVersion"] = "12345678901234567890",
                ["annotations"] = new JsonObject
                {
                    ["gardener.cloud/operation"] = "rollout-workers=" + string.Join(',', Enumerable.Range(0, pools).Select(Name)),
                    ["shoot.gardener.cloud/tasks"] = string.Join(',', Enumerable.Range(0, 30).Select(number => "task" + text[..Math.Min(50, words)] + number)),
                    ["dualstack.dev/intent"] = Guid.Empty.ToString(),
                },
            },
            ["spec"] = new JsonObject
            {
                ["networking"] = new JsonObject { ["type"] = "calico", ["ipFamilies"] = new JsonArray("IPv4", "IPv6") },
                ["provider"] = new JsonObject
                {
                    ["type"] = "aws",
                    ["workers"] = List(pools, number => new JsonObject { ["name"] = Name(number), ["updateStrategy"] = "AutoInPlaceUpdate" }),
                },
            },
            ["status"] = new JsonObject
            {
                ["lastOperation"] = new JsonObject { ["type"] = "Reconcile", ["state"] = "Error", ["description"] = text, ["lastUpdateTime"] = "2026-08-20T21:14:03Z" },
                ["lastErrors"] = List(30, number => new JsonObject { ["description"] = text, ["codes"] = new JsonArray($"ERR_{number}_{text}") }),
                ["conditions"] = List(conditions, number => new JsonObject
                {
                    ["type"] = $"Condition{number}{text}",
                    ["status"] = "False",
                    ["reason"] = text,
                    ["message"] = text,
                    ["lastTransitionTime"] = "2026-08-20T21:14:03Z",
                }),
                ["manualWorkerPoolRollout"] = new JsonObject
                {
                    ["pendingWorkersRollouts"] = List(pending, number => new JsonObject { ["name"] = Name(number), ["lastInitiationTime"] = "2026-08-20T21:14:03Z" }),
                },
            },
        };
        return new Shoot(JsonSerializer.SerializeToElement(shoot));
    }
}
