using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>Our own marks on a shoot. Every guarded write sets them too.</summary>
public interface IMarkActivities
{
    /// <summary>Sets our label and intent and nothing else, on a shoot that is adopted half-way. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> SetMarksAsync(WriteInput input);

    /// <summary>Takes our label and intent off the shoot, and an operation of ours that Gardener has not taken. Writes nothing where nothing is ours.</summary>
    /// <param name="input">The shoot, and what to withdraw.</param>
    /// <returns>How the shoot was left; a shoot that is gone is no failure.</returns>
    [Activity]
    Task<ReleaseMarksReport> ReleaseMarksAsync(ReleaseMarksInput input);
}
