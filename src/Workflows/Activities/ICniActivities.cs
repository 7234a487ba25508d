using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>The pod network.</summary>
public interface ICniActivities
{
    /// <summary>Asks for the run that makes control plane and pod network dual-stack. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> ConfigureCniAsync(WriteInput input);
}
