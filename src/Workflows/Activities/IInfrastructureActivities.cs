using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>The second address family, and the infrastructure that it needs.</summary>
public interface IInfrastructureActivities
{
    /// <summary>
    /// Reads the Shoot and its nodes, and asks the garden by a server-side dry run whether it would accept the second family.
    /// It is asked only where one family is there. Nothing is written.
    /// </summary>
    /// <param name="input">The shoot.</param>
    /// <returns>What was seen, with the garden's refusal as a value.</returns>
    [Activity]
    Task<PreflightReport> PreflightAsync(PreflightInput input);

    /// <summary>Asks for <see cref="WriteInput.IpFamilies"/>, and sets our label. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt, a refusal included.</returns>
    [Activity]
    Task<WriteReceipt> UpdateNetworkingAsync(WriteInput input);

    /// <summary>Asks for a run of the infrastructure where none comes by itself. Idempotent by the intent.</summary>
    /// <param name="input">The decision, with <see cref="WriteInput.Tasks"/>.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> RequestInfrastructureRunAsync(WriteInput input);
}
