using System.Runtime.CompilerServices;
using Dualstack.Gardener.Errors;
using Microsoft.Extensions.Logging;

namespace Dualstack.Gardener.Garden;

/// <summary>
/// Follows the shoots of a scope without end: lists, watches from there, and lists again after any break, so that nothing is missed.
/// After a watch that the server closed in order it goes on from the last version that was told.
/// </summary>
/// <param name="garden">The garden.</param>
/// <param name="time">Paces what is tried again.</param>
/// <param name="logger">Told about breaks.</param>
public sealed class ShootFollower(IGarden garden, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Follows a scope until cancelled.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="labelSelector">Which shoots.</param>
    /// <param name="resumeFrom">The version from which to watch; null to begin with a list.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>First every shoot there is and <see cref="ShootChangeKind.ListRead"/>, unless resumed, then the changes; all of it after a break.</returns>
    /// <exception cref="GardenException">Only where trying again needs somebody's help: no rights, no credentials.</exception>
    public async IAsyncEnumerable<ShootChange> FollowAsync(
        ShootScope scope, string labelSelector, string? resumeFrom, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pause = ShortestPause;
        var position = resumeFrom;
        while (true)
        {
            GardenException? broken = null;
            var quiet = position is not null;
            var source = position is null ? ListAsync(scope, labelSelector, cancellationToken) : garden.WatchAsync(scope, labelSelector, position, cancellationToken);
            await using (var changes = source.GetAsyncEnumerator(cancellationToken))
            {
                while (true)
                {
                    try
                    {
                        if (!await changes.MoveNextAsync())
                        {
                            break;
                        }
                    }
                    catch (GardenException exception) when (exception.IsTransient)
                    {
                        broken = exception;
                        break;
                    }

                    if (position is not null)
                    {
                        (quiet, pause) = (false, ShortestPause);
                    }

                    if (changes.Current.ResourceVersion.Length > 0)
                    {
                        position = changes.Current.ResourceVersion;
                    }

                    yield return changes.Current;
                }
            }

            if (broken is not null)
            {
                position = null;
                logger.LogInformation("Following shoots in {Scope} broke, listing again: {Reason}", scope, broken.Message);
            }

            // Also where something in between closes every watch at once.
            if (broken is not null || quiet)
            {
                await Task.Delay(Jittered(broken?.RetryAfter ?? pause), time, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private static TimeSpan Jittered(TimeSpan pause) => pause * (0.5 + Random.Shared.NextDouble());

    private async IAsyncEnumerable<ShootChange> ListAsync(
        ShootScope scope, string labelSelector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = string.Empty;
        await foreach (var page in garden.ListAsync(scope, labelSelector, cancellationToken))
        {
            version = page.ResourceVersion;
            foreach (var shoot in page.Items)
            {
                yield return new ShootChange(ShootChangeKind.Present, shoot, string.Empty);
            }
        }

        yield return new ShootChange(ShootChangeKind.ListRead, null, version);
    }
}
