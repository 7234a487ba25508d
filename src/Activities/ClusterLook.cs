using Dualstack.Activities.Projection;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Nodes;
using Dualstack.Gardener.Shoots;
using Dualstack.Workflows.Evidence;

namespace Dualstack.Activities;

/// <summary>Looks into shoots with a viewer's rights. What cannot be seen is said to be unreadable; it is never taken for zero nodes.</summary>
/// <param name="access">Gives clients of the shoots' APIs.</param>
/// <param name="time">The clock.</param>
public sealed class ClusterLook(ShootAccess access, TimeProvider time)
{
    private const int Families = 2;
    private static readonly TimeSpan CredentialPause = TimeSpan.FromSeconds(30);

    /// <summary>Looks, and takes any failure for an answer.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The counts, or why there are none.</returns>
    public async Task<NodeObservation> LookAsync(Shoot shoot, CancellationToken cancellationToken)
    {
        try
        {
            return await TryLookAsync(shoot, [], cancellationToken);
        }
        catch (GardenException exception)
        {
            return Unreadable(exception.Message);
        }
    }

    /// <summary>Looks; a failure that may pass is thrown.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="pools">The pools to list first; empty for none in particular.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The counts, or why there are none and will be none.</returns>
    /// <exception cref="GardenException">The shoot's API did not answer this time.</exception>
    public async Task<NodeObservation> TryLookAsync(Shoot shoot, IReadOnlyList<string> pools, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        var why = shoot switch
        {
            { IsWorkerless: true } => "The shoot has no worker nodes.",
            { IsHibernated: true } => "The shoot is hibernated, so its API does not run.",
            _ => null,
        };
        if (why is not null)
        {
            return Unreadable(why);
        }

        try
        {
            var view = await new ClusterViewer(access.Connect(shoot.Key, shoot.Uid), shoot.Key).LookAsync(Families, cancellationToken);
            return NodeProjection.Project(view, time.GetUtcNow(), pools);
        }
        catch (GardenException exception) when (exception.Kind == GardenErrorKind.Unauthenticated)
        {
            // The credentials were made a moment ago: the shoot has rotated its own, and knows newer ones soon.
            throw new GardenException(GardenErrorKind.Unreachable, exception.Message) { RetryAfter = CredentialPause };
        }
        catch (GardenException exception) when (!exception.IsTransient)
        {
            return Unreadable(exception.Message);
        }
    }

    /// <summary>What is known where nothing could be seen.</summary>
    /// <param name="why">Why not.</param>
    /// <returns>The observation.</returns>
    public NodeObservation Unreadable(string why) => NodeProjection.Unreadable(why, time.GetUtcNow());
}
