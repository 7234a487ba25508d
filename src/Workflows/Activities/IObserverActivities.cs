using Dualstack.Workflows.Evidence;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>Observes a garden.</summary>
public interface IObserverActivities
{
    /// <summary>
    /// Holds a list+watch over the shoots with our label and sends <see cref="ShootObserved"/> to the migration of each whose
    /// <see cref="ShootDigest"/> changed, once per burst of changes. Runs until cancelled. The heartbeat carries the input to
    /// go on with, and advances only when every signal up to it was acknowledged. A migration that is not found is no failure.
    /// </summary>
    /// <param name="input">The garden, and where to begin.</param>
    /// <returns>The input to go on with.</returns>
    [Activity]
    Task<ObserveGardenInput> ObserveGardenAsync(ObserveGardenInput input);
}
