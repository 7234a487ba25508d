using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Activities;

/// <summary>Makes control plane and pod network dual-stack.</summary>
/// <param name="writes">Writes to shoots.</param>
public sealed class CniActivities(ShootWriter writes) : ICniActivities
{
    /// <inheritdoc/>
    [Activity]
    public Task<WriteReceipt> ConfigureCniAsync(WriteInput input) => writes.ReconcileAsync(input, shoot => shoot.NodesConstraint switch
    {
        null => "Gardener does not wait for nodes any more.",
        { IsTrue: false } => "Gardener still waits for nodes.",
        _ => null,
    });
}
