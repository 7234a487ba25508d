using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Gives a shoot its second address family, and the infrastructure that it needs.</summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="clusters">Looks into shoots.</param>
/// <param name="writes">Writes to shoots.</param>
public sealed class InfrastructureActivities(IGarden garden, ClusterLook clusters, ShootWriter writes) : IInfrastructureActivities
{
    private readonly PersistentLook persistent = new(clusters);
    private readonly Preflight preflight = new(garden, clusters);

    /// <inheritdoc/>
    [Activity]
    public Task<PreflightReport> PreflightAsync(PreflightInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        return ActivityFailures.TranslateAsync(() => preflight.LookAsync(input.Shoot, input.Uid, CountAsync, context.CancellationToken));

        // What a shoot with two families still needs, only its own API may tell; before that, the nodes come later.
        async Task<NodeObservation> CountAsync(Shoot shoot) => shoot.WantsDualStack
            ? await persistent.LookAsync(context, await PersistentLook.BeforeAsync(context), shoot, [], input.LookEvery)
            : await clusters.LookAsync(shoot, context.CancellationToken);
    }

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> UpdateNetworkingAsync(WriteInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.WriteAsync(input, ShootWrite.IpFamilies(input.IpFamilies));
    }

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> RequestInfrastructureRunAsync(WriteInput input) => writes.ReconcileAsync(
        input, shoot => shoot.InfrastructureIsDualStack ? "The infrastructure is dual-stack already." : null);
}
