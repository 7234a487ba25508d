using Dualstack.Gardener.Garden;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Brings the cluster DNS to two addresses.</summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="clusters">Looks into shoots.</param>
/// <param name="writes">Writes to shoots.</param>
public sealed class DnsActivities(IGarden garden, ClusterLook clusters, ShootWriter writes) : IDnsActivities
{
    private readonly PatientLook patient = new(garden, clusters);

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> RestartCoreDnsAsync(WriteInput input) => writes.ReconcileAsync(
        input, shoot => shoot.DnsConstraint is { IsTrue: true } ? "The CoreDNS pods have their addresses already." : null);

    /// <inheritdoc/>
    [Activity]
    public Task<NodesReport> AwaitCoreDnsAsync(AwaitInput input) => patient.LookAsync(
        input, seen => (seen.CoreDnsPodsDual, seen.CoreDnsPods), "CoreDNS pods");

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> SwitchKubeDnsAsync(WriteInput input) => writes.ReconcileAsync(
        input, shoot => shoot.NodesConstraint is null ? null : "Gardener still migrates the nodes.");
}
