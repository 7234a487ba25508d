using Dualstack.Gardener.Writes;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Keeps the control plane's runs going.</summary>
/// <param name="writes">Writes to shoots.</param>
public sealed class ControlPlaneActivities(ShootWriter writes) : IControlPlaneActivities
{
    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> RequestControlPlaneRunAsync(WriteInput input) => writes.ReconcileAsync(
        input, shoot => shoot.NodesConstraint is null ? null : "Gardener has already said how the nodes are.");

    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> RetryFailedRunAsync(WriteInput input) => writes.WriteAsync(input, ShootWrite.Retry());
}
