using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Manifests;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>What a test can see and do besides the Kubernetes API. Needs no credentials: the server listens on loopback only.</summary>
internal sealed class SimulatorApi(Garden garden)
{
    public async Task<ApiAnswer> HandleAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(cancellationToken);
        var query = context.Request.Query;
        return garden.Enter(() => (context.Request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("GET", ["simulator", "audit"]) => Answer(garden.Audit.Where(entry =>
                (!query.ContainsKey("namespace") || entry.Namespace == query["namespace"])
                && (!query.ContainsKey("shoot") || entry.Name == query["shoot"])
                && (!query.ContainsKey("committed") || entry.Committed == (query["committed"] == "true")))),
            ("GET", ["simulator", "faults"]) => Answer(garden.Faults.All),
            ("POST", ["simulator", "faults"]) => Arm(body),
            ("DELETE", ["simulator", "faults"]) => Disarm(null),
            ("DELETE", ["simulator", "faults", var id]) => Disarm(id),
            ("GET", ["simulator", "shoots", var space, var name]) => Answer(Find(space, name).State),
            ("POST", ["simulator", "shoots", var space, var name, "roll"]) => Roll(space, name, body),
            ("POST", ["simulator", "shoots", var space, var name, "recreate"]) => Recreate(space, name),
            ("POST", ["simulator", "shoots", var space, var name, "condition"]) => Condition(space, name, body),
            ("DELETE", ["simulator", "shoots", var space, var name]) => Vanish(space, name),
            ("GET", ["simulator", "time"]) => Answer(new { now = garden.Now, resourceVersion = garden.Shoots.Version, shoots = garden.Shoots.Count }),
            _ => throw ApiError.UnknownPath(),
        });
    }

    private static ApiAnswer Answer<T>(T value, int code = 200) => new(code, JsonSerializer.SerializeToUtf8Bytes(value, JsonTree.Web));

    private ApiAnswer Arm(string body)
    {
        Fault fault;
        try
        {
            fault = JsonSerializer.Deserialize<Fault>(body, JsonTree.Web) ?? throw new JsonException("the body is empty");
        }
        catch (JsonException exception)
        {
            throw ApiError.BadRequest($"this is no fault: {exception.Message} Kinds are: {string.Join(", ", Enum.GetNames<FaultKind>())}.");
        }

        if (fault.Kind is FaultKind.CloseWatches or FaultKind.ExpireWatches)
        {
            garden.CloseWatches(fault.Kind == FaultKind.ExpireWatches);
            return Answer(fault with { Struck = 1 });
        }

        var armed = garden.Faults.Add(fault);
        if (fault.Kind == FaultKind.CoreDnsWithoutPods)
        {
            foreach (var entry in garden.Shoots.All.Where(entry => FaultBoard.For(fault, entry.Namespace, entry.Name)).ToList())
            {
                var work = Work(entry);
                foreach (var pod in work.State.Pods.Where(pod => pod.Owner == PodFactory.CoreDns).ToList())
                {
                    PodFactory.Delete(work, pod);
                }

                garden.Reschedule(work.State);
            }
        }

        return Answer(armed, 201);
    }

    private ApiAnswer Disarm(string? id)
    {
        if (id is null)
        {
            garden.Faults.Clear();
        }
        else if (!long.TryParse(id, out var number) || !garden.Faults.Remove(number))
        {
            throw ApiError.BadRequest($"there is no fault {id}; GET /simulator/faults lists them");
        }

        return Answer(garden.Faults.All);
    }

    /// <summary>A person replaces nodes outside any run.</summary>
    private ApiAnswer Roll(string @namespace, string name, string body)
    {
        var work = Find(@namespace, name);
        var wanted = body.Length == 0 ? [] : JsonNode.Parse(body).Texts("pools");
        var pools = work.Shoot.Objects("spec", "provider", "workers").Select(worker => worker.Text("name")!).ToList();
        if (wanted.Find(pool => !pools.Contains(pool)) is { } unknown)
        {
            throw ApiError.BadRequest($"shoot {@namespace}/{name} has no pool {unknown}; its pools are {string.Join(", ", pools)}");
        }

        foreach (var pool in wanted.Count == 0 ? pools : wanted)
        {
            NodeRoller.Begin(work, pool);
        }

        garden.Reschedule(work.State);
        return Answer(work.State.Rolls);
    }

    private ApiAnswer Condition(string @namespace, string name, string body)
    {
        var work = Find(@namespace, name);
        var condition = JsonNode.Parse(body);
        var type = condition.Text("type") ?? throw ApiError.BadRequest("the condition has no type");
        if (condition.Text("status") is null or "True")
        {
            work.State.Conditions.Remove(type);
        }
        else
        {
            work.State.Conditions[type] = new ConditionOverride(condition.Text("status")!, condition.Text("reason") ?? "Simulated", condition.Text("message") ?? "Simulated.");
        }

        CareController.Look(work);
        garden.Reschedule(work.State);
        return Answer(work.State.Conditions);
    }

    /// <summary>Deleted and created again under the same name: another shoot.</summary>
    private ApiAnswer Recreate(string @namespace, string name)
    {
        var work = Find(@namespace, name);
        var shoot = work.Shoot;
        work.Remove();
        shoot.Remove("status");
        var metadata = shoot.Child("metadata");
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["generation"] = 1;
        metadata["creationTimestamp"] = KubeTime.Format(garden.Now);
        metadata.Child("annotations").Remove(Keys.Tasks);
        metadata.Child("annotations").Remove(Keys.Operation);
        metadata.Child("annotations").Remove("dualstack.dev/intent");
        metadata.Child("labels").Remove("dualstack.dev/migration");
        shoot.Child("spec", "networking")["ipFamilies"] = JsonTree.TextArray([Families.IPv4]);
        (shoot.At("spec", "kubernetes", "kubeControllerManager") as JsonObject)?.Remove("nodeCIDRMaskSizeIPv6");
        ShootSeeder.Seed(garden, shoot);
        return Answer(new { uid = metadata.Text("uid") }, 201);
    }

    private ApiAnswer Vanish(string @namespace, string name)
    {
        Find(@namespace, name).Remove();
        return Answer(new { });
    }

    private ShootWork Find(string @namespace, string name) =>
        Work(garden.Shoots.Find(@namespace, name) ?? throw ApiError.NotFound(Keys.Group, "shoots", name));

    private ShootWork Work(ShootEntry entry) => new(garden, entry, garden.State(entry.Uid), garden.Now);
}
