using Dualstack.Activities.Projection;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Activities;

/// <summary>The look before the first write; it writes nothing.</summary>
/// <param name="garden">The garden.</param>
/// <param name="clusters">Looks into shoots.</param>
public sealed class Preflight(IGarden garden, ClusterLook clusters)
{
    private readonly GuardedWriter writer = new(garden);

    /// <summary>Looks at a shoot, and asks the garden in a dry run whether it would accept the second family.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="uid">The uid it must have; null to take any.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="GardenException">The shoot could not be read, or asking for the change is forbidden.</exception>
    public Task<PreflightReport> LookAsync(ShootKey shoot, string? uid, CancellationToken cancellationToken) =>
        LookAsync(shoot, uid, seen => clusters.LookAsync(seen, cancellationToken), cancellationToken);

    /// <summary>Looks at a shoot, and asks the garden in a dry run whether it would accept the second family.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="uid">The uid it must have; null to take any.</param>
    /// <param name="count">Counts the nodes of the shoot.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="GardenException">The shoot could not be read, or asking for the change is forbidden.</exception>
    public async Task<PreflightReport> LookAsync(
        ShootKey shoot, string? uid, Func<Shoot, Task<NodeObservation>> count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(count);
        var identity = ShootIdentities.Of(shoot, uid);
        var reading = await writer.ReadAsync(identity, cancellationToken);
        var refusal = reading.Shoot is { WantsDualStack: false, IsWorkerless: false }
            ? await AskAsync(identity, reading.Shoot.IpFamilies[0], cancellationToken)
            : null;
        var nodes = await count(reading.Shoot);
        return new PreflightReport(
            ShootProjection.Project(reading),
            refusal is null ? null : ShootProjection.Cut(refusal, ShootObservation.TextLimit * 2),
            nodes);
    }

    private async Task<string?> AskAsync(ShootIdentity identity, string primary, CancellationToken cancellationToken)
    {
        try
        {
            await writer.DryRunAsync(identity, ShootWrite.IpFamilies(AddressFamilies.Both(primary)), cancellationToken);
            return null;
        }
        catch (GardenException exception) when (exception.Kind == GardenErrorKind.Rejected)
        {
            return exception.ServerWords ?? exception.Message;
        }
    }
}
