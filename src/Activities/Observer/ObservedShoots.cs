using Dualstack.Activities.Projection;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Workflows;
using Dualstack.Workflows.Evidence;
using GardenKey = Dualstack.Gardener.Shoots.ShootKey;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Activities.Observer;

/// <summary>What an observer knows: the digest of each shoot, the news that nobody was told yet, and up to where all were.</summary>
/// <param name="garden">The garden's identity.</param>
internal sealed class ObservedShoots(string garden)
{
    private readonly Lock gate = new();
    private readonly Dictionary<GardenKey, ShootDigest> digests = [];
    private readonly HashSet<GardenKey> toldMidRun = [];
    private readonly Dictionary<ShootScope, HashSet<GardenKey>> listings = [];
    private readonly Dictionary<ShootScope, string> seen = [];
    private readonly HashSet<ShootScope> listed = [];
    private readonly Dictionary<GardenKey, string?> intents = [];
    private Dictionary<GardenKey, ShootObserved> news = [];

    /// <summary>Takes in what a list or watch told.</summary>
    /// <returns>Whether there are news now.</returns>
    /// <exception cref="GardenException">The shoot is one of another garden.</exception>
    public bool Take(ShootScope scope, ShootChange change)
    {
        lock (gate)
        {
            switch (change)
            {
                case { Kind: ShootChangeKind.Present, Shoot: { } shoot }:
                    Listing(scope).Add(shoot.Key);
                    Look(shoot, isWatched: false);
                    break;
                case { Kind: ShootChangeKind.Changed, Shoot: { } shoot }:
                    Look(shoot, isWatched: digests.ContainsKey(shoot.Key) || listed.Contains(scope));
                    break;
                case { Kind: ShootChangeKind.Removed, Shoot: { } shoot }:
                    Forget(shoot.Key);
                    break;
                case { Kind: ShootChangeKind.ListRead }:
                    ForgetAbsent(scope);
                    listed.Add(scope);
                    break;
            }

            if (change.ResourceVersion.Length > 0)
            {
                seen[scope] = change.ResourceVersion;
            }

            return news.Count > 0;
        }
    }

    /// <summary>Hands out the news, and up to where everything is told once they are.</summary>
    public (IReadOnlyDictionary<GardenKey, ShootObserved> News, IReadOnlyDictionary<ShootScope, string> Seen) Drain()
    {
        lock (gate)
        {
            var drained = news;
            news = [];
            return (drained, new Dictionary<ShootScope, string>(seen));
        }
    }

    public ShootKey KeyOf(GardenKey shoot) => new(garden, shoot.Namespace, shoot.Name);

    private HashSet<GardenKey> Listing(ShootScope scope)
    {
        if (!listings.TryGetValue(scope, out var listing))
        {
            listings[scope] = listing = [];
        }

        return listing;
    }

    private void Look(Shoot shoot, bool isWatched)
    {
        if (shoot.GardenIdentity is { } found && found != garden)
        {
            throw new GardenException(
                GardenErrorKind.WrongGarden, $"The kubeconfig leads to garden \"{found}\" instead of \"{garden}\"; start the worker with the kubeconfig of \"{garden}\".");
        }

        var observation = ShootProjection.Project(new ShootReading(shoot, null));
        var known = digests.GetValueOrDefault(shoot.Key);
        var digest = ShootDigest.Of(observation, known);
        digests[shoot.Key] = digest;
        // A version that brings a new intent is a write of the migration itself, which was answered with this very sight.
        var isOwnWrite = isWatched && observation.IntentId is { } intent && intent != intents.GetValueOrDefault(shoot.Key);
        intents[shoot.Key] = observation.IntentId;
        // Whoever was told in the middle of a run waits for its end, which need not change the digest.
        var isAtRest = observation.LastOperation is { State: "Succeeded" or "Failed" or "Aborted" };
        if (known?.Value != digest.Value || (isAtRest && toldMidRun.Contains(shoot.Key)))
        {
            if (!isOwnWrite)
            {
                news[shoot.Key] = new ShootObserved(observation, digest.Value);
            }

            _ = isAtRest ? toldMidRun.Remove(shoot.Key) : toldMidRun.Add(shoot.Key);
        }
    }

    private void Forget(GardenKey shoot)
    {
        digests.Remove(shoot);
        intents.Remove(shoot);
        toldMidRun.Remove(shoot);
        news[shoot] = new ShootObserved(null, null);
    }

    private void ForgetAbsent(ShootScope scope)
    {
        listings.Remove(scope, out var present);
        foreach (var absent in digests.Keys
            .Where(key => (scope.Namespace is null || scope.Namespace == key.Namespace) && present?.Contains(key) != true)
            .ToList())
        {
            Forget(absent);
        }
    }
}
