using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Tests;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Testing;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Activities.Tests;

/// <summary>The activities on a simulated garden, and the states of a shoot on its way.</summary>
internal sealed class MigrationBench(TestGarden garden) : IAsyncDisposable
{
    public static readonly ShootKey Shop = new("sim", "garden-retail", "shop");

    private int intents;

    public TestGarden Garden => garden;

    public ClusterLook Clusters { get; } = new(garden.Access, garden.Time);

    public ShootWriter Writes { get; } = new(garden.Client, NullLogger<ShootWriter>.Instance);

    public InfrastructureActivities Infrastructure => new(garden.Client, Clusters, Writes);

    public ControlPlaneActivities ControlPlane => new(Writes);

    public NodeActivities Nodes => new(garden.Client, Clusters, Writes);

    public CniActivities Cni => new(Writes);

    public DnsActivities Dns => new(garden.Client, Clusters, Writes);

    public MarkActivities Marks => new(garden.Client, Writes);

    public ShootActivities Shoots => new(garden.Client, Clusters);

    public static async Task<MigrationBench> StartAsync(string gardenerVersion = "v1.149.3") => new(await TestGarden.StartAsync(gardenerVersion));

    public static Task<T> RunAsync<T>(Func<Task<T>> activity) => new ActivityEnvironment().RunAsync(activity);

    public Task<Shoot> ShootAsync() => garden.ShootAsync(TestGarden.Shop);

    public async Task<WriteInput> DecideAsync(WriteKind kind)
    {
        var shoot = await ShootAsync();
        return new WriteInput(Shop, new WriteIntent($"intent-{++intents}", kind, shoot.Uid, shoot.Generation)
        {
            DecidedAt = ActivityEnvironment.DefaultInfo.StartedTime,
        })
        { IpFamilies = ["IPv4", "IPv6"] };
    }

    public async Task<ShootObservation> ObserveAsync() => await RunAsync(() => Shoots.ObserveShootAsync(new ShootInput(Shop, null)));

    /// <summary>Two families are asked for and no run comes.</summary>
    public async Task StuckBeforeTheFirstRunAsync()
    {
        await garden.ArmAsync(new { kind = "gardenletDown", times = 0 });
        await WrittenAsync(Infrastructure.UpdateNetworkingAsync, WriteKind.IpFamilies);
    }

    /// <summary>The first run has ended and waits for nodes.</summary>
    public async Task AfterTheFirstRunAsync()
    {
        await WrittenAsync(Infrastructure.UpdateNetworkingAsync, WriteKind.IpFamilies);
        await garden.PassUntilAsync(
            TestGarden.Shop, shoot => shoot is { InfrastructureIsDualStack: true, LastOperation.State: "Succeeded", NodesConstraint: not null });
    }

    /// <summary>All nodes are replaced, and Gardener has seen it.</summary>
    public async Task AfterTheNodesAsync()
    {
        await AfterTheFirstRunAsync();
        await WrittenAsync(Nodes.RequestRolloutAsync, WriteKind.Rollout);
        await garden.PassUntilAsync(TestGarden.Shop, shoot => shoot is { NodesConstraint.IsTrue: true, LastOperation.State: "Succeeded" });
    }

    /// <summary>The pod network is dual-stack.</summary>
    public async Task AfterTheCniAsync()
    {
        await AfterTheNodesAsync();
        await WrittenAsync(Cni.ConfigureCniAsync, WriteKind.CniRun);
        await garden.PassUntilAsync(TestGarden.Shop, shoot => shoot is { NodesConstraint: null, LastOperation.State: "Succeeded" });
    }

    /// <summary>Gardener has given up.</summary>
    public async Task AfterAFailedRunAsync()
    {
        await garden.ArmAsync(new { kind = "failRun", state = "Failed", errorCode = "ERR_CONFIGURATION_PROBLEM" });
        await WrittenAsync(Infrastructure.UpdateNetworkingAsync, WriteKind.IpFamilies);
        await garden.PassUntilAsync(TestGarden.Shop, shoot => shoot.LastOperation is { State: "Failed" });
    }

    public async Task<WriteReceipt> WrittenAsync(Func<WriteInput, Task<WriteReceipt>> activity, WriteKind kind)
    {
        var input = await DecideAsync(kind);
        var receipt = await RunAsync(() => activity(input));
        Assert.Equal(WriteOutcome.Written, receipt.Outcome);
        return receipt;
    }

    public ValueTask DisposeAsync() => garden.DisposeAsync();
}
