using Dualstack.Activities.Projection;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Counts nodes, and asks Gardener to replace them.</summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="clusters">Looks into shoots.</param>
/// <param name="writes">Writes to shoots.</param>
public sealed class NodeActivities(IGarden garden, ClusterLook clusters, ShootWriter writes) : INodeActivities
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(5);
    private readonly GuardedWriter writer = new(garden);
    private readonly PersistentLook persistent = new(clusters);
    private readonly PatientLook patient = new(garden, clusters);

    /// <inheritdoc/>
    [Activity]
    public Task<NodesReport> ObserveNodesAsync(ShootInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        return ActivityFailures.TranslateAsync(async () =>
        {
            var reading = await writer.ReadAsync(ShootIdentities.Of(input.Shoot, input.Uid), context.CancellationToken);
            var nodes = await persistent.LookAsync(
                context, await PersistentLook.BeforeAsync(context), reading.Shoot, input.Pools, input.LookEvery);
            return new NodesReport(ShootProjection.Project(reading), nodes);
        });
    }

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> RequestRolloutAsync(WriteInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        // By the server's clock both, so that also the time counts in which no worker ran.
        var age = ActivityExecutionContext.Current.Info.StartedTime - input.Intent.DecidedAt.UtcDateTime;
        var write = ShootWrite.RolloutWorkers(input.Pools).Unless(shoot => shoot switch
        {
            _ when age > LongestAge => "The decision is older than the count of nodes may be.",
            { NodesConstraint: null } when input.NodesConstrained => "Gardener does not wait for nodes any more.",
            _ => null,
        });
        return writes.WriteAsync(input, write, shoot => ShootWrite.RolloutPools(shoot, input.Pools));
    }

    /// <inheritdoc/>
    [Activity]
    public Task<NodesReport> AwaitRolloutProgressAsync(AwaitInput input) => patient.LookAsync(
        input, seen => Progress(seen, input.Pools), "nodes");

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> RequestNodeCheckAsync(WriteInput input) => writes.ReconcileAsync(
        input, shoot => shoot.NodesConstraint is { IsTrue: true } ? "Gardener has already seen that the nodes are dual-stack." : null);

    private static (int Done, int Total) Progress(NodeObservation seen, IReadOnlyList<string> pools)
    {
        var asked = seen.Pools.Where(pool => pools.Contains(pool.Pool, StringComparer.Ordinal)).ToList();
        return pools.Count == 0 ? (seen.Done, seen.Total) : (asked.Sum(pool => pool.Done), asked.Sum(pool => pool.Total));
    }
}
