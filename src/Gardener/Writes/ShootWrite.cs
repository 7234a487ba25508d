using System.Text.Json.Nodes;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Writes;

/// <summary>A change of a shoot together with what must be true of the shoot for it.</summary>
/// <param name="Objection">Looks at a shoot and gives the sentence that says why the change must not be made now, or null.</param>
/// <param name="Patch">The merge patch for a shoot, without version and intent.</param>
public sealed record ShootWrite(Func<Shoot, string?> Objection, Func<Shoot, JsonObject> Patch)
{
    /// <summary>Whether a shoot is as wanted without the change.</summary>
    public Func<Shoot, bool> IsMade { get; init; } = _ => false;

    /// <summary>The operation that the change sets on a shoot, or null.</summary>
    public Func<Shoot, string?> Operation { get; init; } = _ => null;

    /// <summary>Says why the change cannot be made on a shoot at any time, since what it names does not fit; null if it fits.</summary>
    public Func<Shoot, string?> Misfit { get; init; } = _ => null;

    /// <summary>Sets our label and intent, which every write sets, and nothing else.</summary>
    /// <returns>The write.</returns>
    public static ShootWrite Marks() => new(Deleting, _ => []) { IsMade = shoot => shoot.IsMarked };

    /// <summary>Asks for a list of address families. A spec change: it makes gardenlet run by itself.</summary>
    /// <param name="families">The families, in order of preference.</param>
    /// <returns>The write.</returns>
    public static ShootWrite IpFamilies(IReadOnlyList<string> families) => new(
        // Together with a spec change an operation is not taken in the same request but lies there and fires later.
        shoot => Deleting(shoot) ?? ForeignOperation(shoot),
        _ => new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["networking"] = new JsonObject { ["ipFamilies"] = new JsonArray([.. families.Select(family => JsonValue.Create(family))]) },
            },
        })
    {
        IsMade = shoot => shoot.IpFamilies.SequenceEqual(families),
    };

    /// <summary>Asks for one run.</summary>
    /// <param name="tasks">One-shot tasks for it, added to those that wait already.</param>
    /// <returns>The write.</returns>
    public static ShootWrite Reconcile(IReadOnlyList<string> tasks) => OfOperation(
        _ => GardenNames.ReconcileOperation, OperationObjection, tasks);

    /// <summary>Asks gardenlet to replace every node of some pools. Asked for twice, the nodes are replaced twice.</summary>
    /// <param name="pools">The pools by name; empty for all that are not updated in place.</param>
    /// <returns>The write.</returns>
    public static ShootWrite RolloutWorkers(IReadOnlyList<string> pools) => OfOperation(
        shoot => GardenNames.RolloutWorkersPrefix
            + (pools.Count == 0 && !shoot.Workers.Any(worker => worker.IsInPlace) ? "*" : string.Join(',', RolloutPools(shoot, pools))),
        shoot => OperationObjection(shoot) ?? RolloutObjection(shoot, RolloutPools(shoot, pools)) ?? PoolsObjection(shoot, pools),
        []) with
    {
        Misfit = shoot => PoolsObjection(shoot, pools),
    };

    /// <summary>Leaves the state Failed.</summary>
    /// <returns>The write.</returns>
    public static ShootWrite Retry() => OfOperation(
        _ => GardenNames.RetryOperation,
        shoot => Deleting(shoot)
            ?? ForeignOperation(shoot)
            ?? (shoot.LastOperation is { State: "Failed" } ? null : "The shoot is not in the state Failed, where alone a retry is taken."),
        []);

    /// <summary>The pools that a rollout is about.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="pools">The pools asked for; empty for all that are not updated in place.</param>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> RolloutPools(Shoot shoot, IReadOnlyList<string> pools)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        ArgumentNullException.ThrowIfNull(pools);
        return pools.Count > 0 ? pools : [.. shoot.Workers.Where(worker => !worker.IsInPlace).Select(worker => worker.Name)];
    }

    /// <summary>Adds a precondition.</summary>
    /// <param name="objection">Gives the sentence that says why not now, or null.</param>
    /// <returns>The same write with one more precondition.</returns>
    public ShootWrite Unless(Func<Shoot, string?> objection)
    {
        var before = Objection;
        return this with { Objection = shoot => before(shoot) ?? objection(shoot) };
    }

    private static ShootWrite OfOperation(Func<Shoot, string> operation, Func<Shoot, string?> objection, IReadOnlyList<string> tasks) => new(
        objection,
        shoot =>
        {
            var annotations = new JsonObject { [GardenNames.OperationAnnotation] = operation(shoot) };
            if (tasks.Count > 0)
            {
                annotations[GardenNames.TasksAnnotation] = string.Join(',', shoot.Tasks.Union(tasks));
            }

            return new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } };
        })
    {
        Operation = operation,
    };

    private static string? Deleting(Shoot shoot) => shoot.IsDeleting ? "The shoot is being deleted." : null;

    private static string? ForeignOperation(Shoot shoot) => shoot.PendingOperation is { } pending
        ? $"The operation \"{pending}\" waits on the shoot and must not be overwritten."
        : null;

    private static string? OperationObjection(Shoot shoot) => shoot switch
    {
        { IsDeleting: true } => Deleting(shoot),
        { LastOperation: null } => "Gardener has never worked on the shoot and takes no operation before it has.",
        { LastOperation.State: "Failed" } => "The shoot is in the state Failed, where operations lie there and fire later.",
        _ => ForeignOperation(shoot),
    };

    private static string? RolloutObjection(Shoot shoot, IReadOnlyList<string> pools)
    {
        if (shoot.WantsHibernation || shoot.IsHibernated)
        {
            return "The shoot is hibernated or waking up.";
        }

        if (shoot.GardenerVersion is { } version && version < GardenerVersion.RolloutOperation)
        {
            return $"Gardener {version} cannot roll pools on request; {GardenerVersion.RolloutOperation} can.";
        }

        if (!shoot.WantsDualStack || !shoot.InfrastructureIsDualStack)
        {
            return "The infrastructure is not dual-stack, so new nodes would be single-stack again.";
        }

        if (shoot.NodesConstraint is { IsTrue: true })
        {
            return "Gardener has already seen that the nodes are dual-stack.";
        }

        if (pools.Count == 0)
        {
            return "All worker pools are updated in place, so a rollout keeps their nodes.";
        }

        var pending = shoot.PendingRollouts.Select(rollout => rollout.Pool).Intersect(pools, StringComparer.Ordinal).ToList();
        if (pending.Count > 0)
        {
            return $"A rollout of {string.Join(", ", pending)} is already running.";
        }

        return shoot.ObservedGeneration < shoot.Generation || shoot.LastOperation is not { State: "Succeeded" }
            ? "Gardener has not ended its work on the shoot."
            : null;
    }

    private static string? PoolsObjection(Shoot shoot, IReadOnlyList<string> named)
    {
        var workers = shoot.Workers.ToDictionary(worker => worker.Name, StringComparer.Ordinal);
        if (named.FirstOrDefault(pool => !workers.ContainsKey(pool)) is { } unknown)
        {
            return $"There is no worker pool \"{unknown}\"; the pools are {string.Join(", ", workers.Keys)}.";
        }

        return named.FirstOrDefault(pool => workers[pool].IsInPlace) is { } inPlace
            ? $"The pool \"{inPlace}\" is updated in place, so a rollout keeps its nodes."
            : null;
    }
}
