using Dualstack.Workflows.Evidence;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>Reads shoots.</summary>
public interface IShootActivities
{
    /// <summary>Reads the Shoot once.</summary>
    /// <param name="input">The shoot.</param>
    /// <returns>What it shows. Fails with <see cref="ErrorTypes.ShootGone"/>, <see cref="ErrorTypes.UidChanged"/> or <see cref="ErrorTypes.RightsMissing"/>.</returns>
    [Activity]
    Task<ShootObservation> ObserveShootAsync(ShootInput input);
}
