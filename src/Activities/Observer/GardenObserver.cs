using System.Threading.RateLimiting;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Workflows;
using Dualstack.Workflows.Activities;
using Microsoft.Extensions.Logging;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Activities.Observer;

/// <summary>
/// Follows the marked shoots of a garden and tells each migration when its shoot's digest changed. Its position advances only over
/// what everybody concerned was told.
/// </summary>
/// <param name="garden">The garden.</param>
/// <param name="pace">How it paces itself.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told about breaks and lost signals.</param>
internal sealed class GardenObserver(IGarden garden, ObserverPace pace, TimeProvider time, ILogger logger)
{
    /// <summary>Observes until cancelled or failed.</summary>
    /// <param name="start">The garden, and where to begin.</param>
    /// <param name="signal">Tells a migration, and returns when that is acknowledged or the migration does not exist.</param>
    /// <param name="moved">Told again and again how to go on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Gardener.Errors.GardenException">Going on needs somebody's help.</exception>
    public async Task ObserveAsync(
        ObserveGardenInput start,
        Func<ShootKey, ShootObserved, CancellationToken, Task> signal,
        Action<ObserveGardenInput> moved,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limiter = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = pace.SignalsPerSecond,
            TokensPerPeriod = pace.SignalsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = int.MaxValue,
        });
        var known = new ObservedShoots(start.Garden);
        var position = new Position(start);
        ShootScope[] scopes = start.Namespaces.Count == 0 ? [ShootScope.All] : [.. start.Namespaces.Distinct().Select(name => new ShootScope(name))];
        List<Task> parts =
        [
            TellAsync(known, position, limiter, signal, stop.Token),
            BeatAsync(position, moved, stop.Token),
            .. scopes.Select(scope => FollowAsync(scope, known, position.Input, stop.Token)),
        ];
        var first = await Task.WhenAny(parts);
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(parts);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The others stop because the first one failed; its failure is the one that counts.
        }

        await first;
    }

    private async Task FollowAsync(ShootScope scope, ObservedShoots known, ObserveGardenInput start, CancellationToken cancellationToken)
    {
        var resumeFrom = start.ResourceVersions?.GetValueOrDefault(scope.Namespace ?? string.Empty);
        await foreach (var change in new ShootFollower(garden, time, logger).FollowAsync(scope, GardenNames.MigrationSelector, resumeFrom, cancellationToken))
        {
            known.Take(scope, change);
        }
    }

    private async Task TellAsync(
        ObservedShoots known,
        Position position,
        RateLimiter limiter,
        Func<ShootKey, ShootObserved, CancellationToken, Task> signal,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(pace.Burst, time, cancellationToken);
            var (news, seen) = known.Drain();
            foreach (var (shoot, told) in news)
            {
                using var permit = await limiter.AcquireAsync(1, cancellationToken);
                await TellAsync(known.KeyOf(shoot), told, signal, cancellationToken);
            }

            position.Advance(seen);
        }
    }

    private async Task TellAsync(
        ShootKey shoot, ShootObserved told, Func<ShootKey, ShootObserved, CancellationToken, Task> signal, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await signal(shoot, told, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning("Temporal did not take the news of shoot {Shoot}, trying again: {Reason}", shoot, exception.Message);
                await Task.Delay(pace.SignalRetry, time, cancellationToken);
            }
        }
    }

    private async Task BeatAsync(Position position, Action<ObserveGardenInput> moved, CancellationToken cancellationToken)
    {
        while (true)
        {
            moved(position.Input);
            await Task.Delay(pace.Heartbeat, time, cancellationToken);
        }
    }

    private sealed class Position(ObserveGardenInput start)
    {
        private volatile ObserveGardenInput input = start;

        public ObserveGardenInput Input => input;

        public void Advance(IReadOnlyDictionary<ShootScope, string> seen)
        {
            if (seen.Count > 0)
            {
                var versions = new Dictionary<string, string>(input.ResourceVersions ?? new Dictionary<string, string>());
                foreach (var (scope, version) in seen)
                {
                    versions[scope.Namespace ?? string.Empty] = version;
                }

                input = input with { ResourceVersions = versions };
            }
        }
    }
}
