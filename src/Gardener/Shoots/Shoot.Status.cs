using System.Text.Json;

namespace Dualstack.Gardener.Shoots;

public sealed partial class Shoot
{
    /// <summary>The generation that gardenlet's newest run began with. Begun, not done.</summary>
    public long ObservedGeneration => Json.Number("status", "observedGeneration") ?? 0;

    /// <summary>What gardenlet did last; null if it never ran.</summary>
    public LastOperation? LastOperation => Json.At("status", "lastOperation") is { } found
        ? new LastOperation(
            found.Text("type") ?? string.Empty,
            found.Text("state") ?? string.Empty,
            (int)(found.Number("progress") ?? 0),
            found.Text("description") ?? string.Empty,
            found.Time("lastUpdateTime"))
        : null;

    /// <summary>Present errors.</summary>
    public IReadOnlyList<LastError> LastErrors =>
        [.. Json.Items("status", "lastErrors").Select(error => new LastError(error.Text("description") ?? string.Empty, error.Texts("codes")))];

    /// <summary>When the present cycle of retries began, by the garden's clock; null outside of one.</summary>
    public DateTimeOffset? RetryCycleStartTime => Json.Time("status", "retryCycleStartTime");

    /// <summary>Health conditions.</summary>
    public IReadOnlyList<ShootCondition> Conditions => [.. Json.Items("status", "conditions").Select(ReadCondition)];

    /// <summary>Constraints.</summary>
    public IReadOnlyList<ShootCondition> Constraints => [.. Json.Items("status", "constraints").Select(ReadCondition)];

    /// <summary>The constraint on the nodes, or null.</summary>
    public ShootCondition? NodesConstraint => Constraint(GardenNames.NodesConstraint);

    /// <summary>The constraint on the cluster DNS, or null.</summary>
    public ShootCondition? DnsConstraint => Constraint(GardenNames.DnsConstraint);

    /// <summary>Whether the cluster is asleep in fact.</summary>
    public bool IsHibernated => Json.Flag("status", "hibernated") ?? false;

    /// <summary>The ranges that the infrastructure has; null before its first run.</summary>
    public NetworkingStatus? Networking => Json.At("status", "networking") is { } found
        ? new NetworkingStatus(found.Texts("nodes"), found.Texts("pods"), found.Texts("services"))
        : null;

    /// <summary>Whether the infrastructure has node, pod and service ranges of two families.</summary>
    public bool InfrastructureIsDualStack => Networking is { Nodes.Count: 2, Pods.Count: 2, Services.Count: 2 };

    /// <summary>The seed that the control plane is really on, or null.</summary>
    public string? StatusSeedName => Json.Text("status", "seedName");

    /// <summary>Whether the control plane is moving from one seed to another.</summary>
    public bool IsMovingSeeds =>
        (StatusSeedName is { } actual && SeedName is { } wanted && actual != wanted)
        || LastOperation is { Type: "Migrate" or "Restore" or "LiveMigrate", State: not "Succeeded" }
        || LastOperation is { Type: "Migrate" };

    /// <summary>The Gardener release that last worked on the shoot; null if it never ran or the text cannot be read.</summary>
    public GardenerVersion? GardenerVersion =>
        Shoots.GardenerVersion.TryParse(Json.Text("status", "gardener", "version"), out var version) ? version : null;

    /// <summary>Identity of the garden, out of the shoot's own; null until Gardener has given it one.</summary>
    public string? GardenIdentity
    {
        get
        {
            var prefix = $"{Json.Text("status", "technicalID")}-{Json.Text("status", "uid")}-";
            return Json.Text("status", "clusterIdentity") is { } identity
                && prefix.Length > 2
                && identity.StartsWith(prefix, StringComparison.Ordinal)
                && identity.Length > prefix.Length
                    ? identity[prefix.Length..]
                    : null;
        }
    }

    /// <summary>Rollouts of worker pools that gardenlet has taken on. A pool can stand in it more than once.</summary>
    public IReadOnlyList<PendingRollout> PendingRollouts =>
    [
        .. Json.Items("status", "manualWorkerPoolRollout", "pendingWorkersRollouts")
            .Select(rollout => new PendingRollout(rollout.Text("name") ?? string.Empty, rollout.Time("lastInitiationTime"))),
    ];

    /// <summary>Pools with in-place updates that have not ended.</summary>
    public IReadOnlyList<string> PendingInPlaceUpdates =>
    [
        .. Json.Texts("status", "inPlaceUpdates", "pendingWorkerUpdates", "autoInPlaceUpdate"),
        .. Json.Texts("status", "inPlaceUpdates", "pendingWorkerUpdates", "manualInPlaceUpdate"),
    ];

    /// <summary>Phases of credential rotations by what is rotated, such as <c>certificateAuthorities</c>; rotations without a phase are left out.</summary>
    public IReadOnlyDictionary<string, string> RotationPhases =>
        Json.At("status", "credentials", "rotation") is { ValueKind: JsonValueKind.Object } rotation
            ? rotation.EnumerateObject()
                .Where(entry => entry.Value.Text("phase") is not null)
                .ToDictionary(entry => entry.Name, entry => entry.Value.Text("phase")!, StringComparer.Ordinal)
            : new Dictionary<string, string>();

    private static ShootCondition ReadCondition(JsonElement condition) => new(
        condition.Text("type") ?? string.Empty,
        condition.Text("status") ?? string.Empty,
        condition.Text("reason") ?? string.Empty,
        condition.Text("message") ?? string.Empty,
        condition.Time("lastTransitionTime"),
        condition.Time("lastUpdateTime"));

    private ShootCondition? Constraint(string type)
    {
        foreach (var constraint in Json.Items("status", "constraints"))
        {
            if (constraint.Text("type") == type)
            {
                return ReadCondition(constraint);
            }
        }

        return null;
    }
}
