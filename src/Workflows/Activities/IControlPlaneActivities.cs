using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>The control plane.</summary>
public interface IControlPlaneActivities
{
    /// <summary>Asks for a run where the first one ended without a word on the nodes. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> RequestControlPlaneRunAsync(WriteInput input);

    /// <summary>Asks Gardener to leave the state Failed. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> RetryFailedRunAsync(WriteInput input);
}
