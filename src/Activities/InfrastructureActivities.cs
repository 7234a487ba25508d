using Dualstack.Activities.Projection;
using Dualstack.Gardener.Errors;
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
    private readonly GuardedWriter writer = new(garden);
    private readonly PersistentLook persistent = new(clusters);

    /// <inheritdoc/>
    [Activity]
    public Task<PreflightReport> PreflightAsync(PreflightInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        var cancellationToken = context.CancellationToken;
        return ActivityFailures.TranslateAsync(async () =>
        {
            var identity = ShootIdentities.Of(input.Shoot, input.Uid);
            var reading = await writer.ReadAsync(identity, cancellationToken);
            var refusal = reading.Shoot is { WantsDualStack: false, IsWorkerless: false }
                ? await AskAsync(identity, reading.Shoot.IpFamilies[0], cancellationToken)
                : null;
            // What a shoot with two families still needs, only its own API may tell; before that, the nodes come later.
            var nodes = reading.Shoot.WantsDualStack
                ? await persistent.LookAsync(context, await PersistentLook.BeforeAsync(context), reading.Shoot, [], input.LookEvery)
                : await clusters.LookAsync(reading.Shoot, cancellationToken);
            return new PreflightReport(
                ShootProjection.Project(reading),
                refusal is null ? null : ShootProjection.Cut(refusal, ShootObservation.TextLimit * 2),
                nodes);
        });
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

    private async Task<string?> AskAsync(ShootIdentity identity, string primary, CancellationToken cancellationToken)
    {
        string[] families = [primary, primary == GardenNames.IPv4 ? GardenNames.IPv6 : GardenNames.IPv4];
        try
        {
            await writer.DryRunAsync(identity, ShootWrite.IpFamilies(families), cancellationToken);
            return null;
        }
        catch (GardenException exception) when (exception.Kind == GardenErrorKind.Rejected)
        {
            return exception.ServerWords ?? exception.Message;
        }
    }
}
