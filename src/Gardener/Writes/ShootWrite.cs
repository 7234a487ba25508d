using System.Text.Json.Nodes;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Writes;

/// <summary>A change of a shoot together with what must be true of the shoot for it.</summary>
/// <param name="Name">What it is, for logs and dry runs.</param>
/// <param name="Objection">Looks at a shoot and gives the sentence that says why the change must not be made now, or null.</param>
/// <param name="Patch">The merge patch for a shoot, without version and intent.</param>
public sealed record ShootWrite(string Name, Func<Shoot, string?> Objection, Func<Shoot, JsonObject> Patch)
{
    /// <summary>Asks for a list of address families. A spec change: it makes gardenlet run by itself.</summary>
    /// <param name="families">The families, in order of preference.</param>
    /// <returns>The write.</returns>
    public static ShootWrite IpFamilies(IReadOnlyList<string> families) => new(
        $"set ipFamilies to [{string.Join(", ", families)}]",
        shoot => shoot.IsDeleting
            ? "The shoot is being deleted."
            // Together with a spec change an operation is not taken in the same request but lies there and fires later.
            : ForeignOperation(shoot),
        _ => new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["networking"] = new JsonObject { ["ipFamilies"] = new JsonArray([.. families.Select(family => JsonValue.Create(family))]) },
            },
        });

    /// <summary>Asks for one run.</summary>
    /// <param name="tasks">One-shot tasks for it, added to those that wait already.</param>
    /// <returns>The write.</returns>
    public static ShootWrite Reconcile(params IReadOnlyList<string> tasks) => new(
        tasks.Count == 0 ? "ask for a reconcile" : $"ask for a reconcile with {string.Join(", ", tasks)}",
        OperationObjection,
        shoot => Operation(GardenNames.ReconcileOperation, tasks.Count == 0 ? null : string.Join(',', shoot.Tasks.Union(tasks))));

    /// <summary>Asks gardenlet to replace every node of some pools. Asked for twice, the nodes are replaced twice.</summary>
    /// <param name="pools">The pools by name.</param>
    /// <returns>The write.</returns>
    public static ShootWrite RolloutWorkers(IReadOnlyList<string> pools) => new(
        $"ask for a rollout of {string.Join(", ", pools)}",
        shoot => OperationObjection(shoot) ?? RolloutObjection(shoot, pools),
        _ => Operation(GardenNames.RolloutWorkersPrefix + string.Join(',', pools), null));

    /// <summary>Leaves the state Failed.</summary>
    /// <returns>The write.</returns>
    public static ShootWrite Retry() => new(
        "ask for a retry",
        shoot => ForeignOperation(shoot)
            ?? (shoot.LastOperation is { State: "Failed" } ? null : "The shoot is not in the state Failed, where alone a retry is taken."),
        _ => Operation(GardenNames.RetryOperation, null));

    private static JsonObject Operation(string operation, string? tasks)
    {
        var annotations = new JsonObject { [GardenNames.OperationAnnotation] = operation };
        if (tasks is not null)
        {
            annotations[GardenNames.TasksAnnotation] = tasks;
        }

        return new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } };
    }

    private static string? ForeignOperation(Shoot shoot) => shoot.PendingOperation is { } pending
        ? $"The operation \"{pending}\" waits on the shoot and must not be overwritten."
        : null;

    private static string? OperationObjection(Shoot shoot) => shoot switch
    {
        { IsDeleting: true } => "The shoot is being deleted.",
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

        if (shoot.GardenerVersion is { } version && version < Shoots.GardenerVersion.RolloutOperation)
        {
            return $"Gardener {version} cannot roll pools on request; {Shoots.GardenerVersion.RolloutOperation} can.";
        }

        if (!shoot.WantsDualStack || !shoot.InfrastructureIsDualStack)
        {
            return "The infrastructure is not dual-stack, so new nodes would be single-stack again.";
        }

        var pending = shoot.PendingRollouts.Select(rollout => rollout.Pool).Intersect(pools, StringComparer.Ordinal).ToList();
        if (pending.Count > 0)
        {
            return $"A rollout of {string.Join(", ", pending)} is already running.";
        }

        var workers = shoot.Workers.ToDictionary(worker => worker.Name, StringComparer.Ordinal);
        if (pools.FirstOrDefault(pool => !workers.ContainsKey(pool)) is { } unknown)
        {
            return $"There is no worker pool \"{unknown}\"; the pools are {string.Join(", ", workers.Keys)}.";
        }

        return pools.FirstOrDefault(pool => workers[pool].IsInPlace) is { } inPlace
            ? $"The pool \"{inPlace}\" is updated in place, so a rollout keeps its nodes."
            : null;
    }
}
