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

    /// <summary>
    /// Reads the Shoot and fails with <see cref="ErrorTypes.NotYet"/> and the next retry delay <see cref="AwaitInput.LookEvery"/> while
    /// a health condition is bad that was not before; then counts the nodes once.
    /// </summary>
    /// <param name="input">The shoot, how often to look, and what was bad before.</param>
    /// <returns>The healthy shoot, and its nodes.</returns>
    [Activity]
    Task<NodesReport> AwaitHealthAsync(AwaitInput input);

    /// <summary>
    /// Reads the Shoot once and fails with <see cref="ErrorTypes.NotYet"/> and the next retry delay <see cref="AwaitInput.LookEvery"/> while
    /// something lasts that passes by itself, such as a run of Gardener's.
    /// </summary>
    /// <param name="input">The shoot, how often to look, and the newest write.</param>
    /// <returns>The shoot at rest, or one that needs a person.</returns>
    [Activity]
    Task<ShootObservation> AwaitGardenerAsync(AwaitInput input);
}
