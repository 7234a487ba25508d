using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Manifests;

/// <summary>Puts a shoot from a manifest into the garden, with the invisible state that fits what the manifest shows.</summary>
internal static class ShootSeeder
{
    public static void SeedUnlessKnown(Garden garden, JsonObject shoot)
    {
        if (garden.Shoots.Find(shoot.Text("metadata", "namespace")!, shoot.Text("metadata", "name")!) is null)
        {
            Seed(garden, shoot);
        }
    }

    public static void Seed(Garden garden, JsonObject shoot)
    {
        var now = garden.Now;
        ShootDefaults.Apply(shoot, garden.Flavour);
        CompleteMetadata(garden, shoot, now);
        var hasStatus = shoot.At("status", "lastOperation") is not null;
        CompleteStatus(garden, shoot, now);
        var state = Derive(garden, shoot);
        garden.AddState(state);
        var entry = garden.Put(shoot);
        var work = new ShootWork(garden, entry, state, now);
        Populate(work);
        if (!hasStatus)
        {
            CareController.Fill(work);
        }

        work.Shoot.Child("metadata", "labels")[Keys.StatusLabel] = CareController.Health(work.Shoot);
        work.SaveStatus();
        Arm(work);
        garden.Reschedule(state);
    }

    public static void CompleteMetadata(Garden garden, JsonObject shoot, DateTimeOffset now)
    {
        var metadata = shoot.Child("metadata");
        var name = metadata.Text("name")!;
        var @namespace = metadata.Text("namespace")!;
        metadata.Remove("managedFields");
        metadata["uid"] ??= StableRandom.Uid($"{garden.Options.GardenIdentity}/{@namespace}/{name}").ToString();
        metadata["generation"] ??= 1;
        metadata["creationTimestamp"] ??= KubeTime.Format(now.AddDays(-30));
        metadata["finalizers"] ??= JsonTree.TextArray(["gardener"]);
        var spec = shoot.Child("spec");
        spec["seedName"] ??= shoot.Text("status", "seedName") ?? $"{spec.Text("provider", "type")}-{garden.Options.GardenIdentity}";
        ShootDefaults.ApplyLabels(shoot);
    }

    public static void CompleteIdentity(Garden garden, JsonObject shoot)
    {
        var name = shoot.Text("metadata", "name")!;
        var @namespace = shoot.Text("metadata", "namespace")!;
        var project = @namespace.StartsWith("garden-", StringComparison.Ordinal) ? @namespace["garden-".Length..] : @namespace;
        var status = shoot.Child("status");
        status["technicalID"] ??= $"shoot--{project}--{name}";
        status["uid"] ??= shoot.Text("metadata", "uid");
        status["seedName"] ??= shoot.Text("spec", "seedName");

        // The shoot lives in this garden now, wherever its manifest was exported.
        status["clusterIdentity"] = $"{status.Text("technicalID")}-{status.Text("uid")}-{garden.Options.GardenIdentity}";
        status["gardener"] = new JsonObject { ["id"] = "gardenlet-sim", ["name"] = "gardenlet-sim", ["version"] = garden.Flavour.Version };
        status["advertisedAddresses"] ??= new JsonArray(
            new JsonObject { ["name"] = "external", ["url"] = $"https://api.{name}.{project}.sim.example" },
            new JsonObject { ["name"] = "internal", ["url"] = $"https://api.{name}.{project}.internal.sim.example" });
    }

    private static void CompleteStatus(Garden garden, JsonObject shoot, DateTimeOffset now)
    {
        var status = shoot.Child("status");
        CompleteIdentity(garden, shoot);
        status["observedGeneration"] ??= shoot.Number("metadata", "generation");
        status["hibernated"] ??= shoot.Flag("spec", "hibernation", "enabled") == true;
        status["lastOperation"] ??= new JsonObject
        {
            ["type"] = "Reconcile",
            ["state"] = "Succeeded",
            ["progress"] = 100,
            ["description"] = "Shoot cluster has been successfully reconciled.",
            ["lastUpdateTime"] = KubeTime.Format(now.AddMinutes(-20)),
        };
        if (status["networking"] is null)
        {
            if (Families.Workerless(shoot))
            {
                status["networking"] = new JsonObject { ["services"] = JsonTree.TextArray([shoot.Text("spec", "networking", "services")!]) };
            }
            else
            {
                shoot.Child("spec", "networking")["nodes"] ??= Families.Of(shoot)[0] == Families.IPv4 ? "10.250.0.0/16" : null;
                status["networking"] = NetworkRanges.Status(shoot, Derive(garden, shoot));
            }
        }
    }

    private static ShootState Derive(Garden garden, JsonObject shoot)
    {
        var families = Families.Of(shoot);
        var nodes = Constraint(shoot, Keys.NodesReady);
        var dns = Constraint(shoot, Keys.DnsReady);
        var listed = shoot.Texts("status", "networking", "nodes").Count;
        var untouched = shoot.At("status", "lastOperation") is null;
        var dualInfrastructure = listed == 2 || (listed == 0 && families.Count == 2);

        // Without a constraint a dual-stack shoot is done, unless its first run has not even prepared the infrastructure.
        var effective = families.Count == 2 && (nodes is not null || !dualInfrastructure) ? 1 : families.Count;
        if (families.Count == 1 && nodes is not null)
        {
            effective = 2;
        }

        var state = new ShootState
        {
            Uid = shoot.Text("metadata", "uid")!,
            Namespace = shoot.Text("metadata", "namespace")!,
            Name = shoot.Text("metadata", "name")!,
            InfrastructureDual = dualInfrastructure,
            NetworkExists = !Families.Workerless(shoot),
            PodFamilies = effective,
            NetworkFamilies = effective == 2 ? [Families.IPv4, Families.IPv6] : [families[0]],
            DnsServiceFamilies = effective == 2 && dns is null ? 2 : 1,
            RetryGeneration = shoot.Number("metadata", "generation") ?? 1,
        };
        foreach (var item in untouched ? [] : shoot.Objects("status", "conditions").Concat(shoot.Objects("status", "constraints")))
        {
            if (item.Text("status") is "False" or "Unknown" && item.Text("type") is not (Keys.NodesReady or Keys.DnsReady))
            {
                state.Conditions[item.Text("type")!] = new ConditionOverride(item.Text("status")!, item.Text("reason") ?? string.Empty, item.Text("message") ?? string.Empty);
            }
        }

        foreach (var worker in shoot.Objects("spec", "provider", "workers"))
        {
            state.PoolHashes[worker.Text("name")!] = Workers.Hash(shoot, worker);
        }

        return state;
    }

    private static void Populate(ShootWork work)
    {
        var state = work.State;
        if (work.Workerless || work.Hibernated)
        {
            return;
        }

        var created = KubeTime.Parse(work.Shoot.Text("metadata", "creationTimestamp")) ?? work.Now.AddDays(-30);
        var constraint = work.Constraint(Keys.NodesReady);
        var dual = state.InfrastructureDual && work.Dual && (constraint is null || constraint.Text("status") == "True");
        dual |= !work.Dual && constraint is not null;
        foreach (var worker in work.Shoot.Objects("spec", "provider", "workers"))
        {
            var zones = Workers.Zones(worker);
            var count = (int)(worker.Number("minimum") ?? 0);
            for (var i = 0; i < count; i++)
            {
                state.Nodes.Add(NodeFactory.Create(work.Garden, work.Shoot, state, worker.Text("name")!, zones[i % zones.Count], (i % zones.Count) + 1, dual ? 2 : 1, created));
            }
        }

        // While the DNS pods wait for their restart they still have the address they started with.
        var families = state.PodFamilies;
        state.PodFamilies = Constraint(work.Shoot, Keys.DnsReady) is { } dns && dns.Text("status") != "True" ? 1 : families;
        PodFactory.Ensure(work, created);
        state.PodFamilies = families;
    }

    private static void Arm(ShootWork work)
    {
        var share = 0.2 + (0.8 * StableRandom.Fraction(work.Garden.Options.Seed, work.State.Uid, "sync"));
        RunStarter.ScheduleSync(work);
        if (work.State.Due.ContainsKey(TimerKind.Sync))
        {
            work.State.Due[TimerKind.Sync] = work.In(work.Timings.SyncPeriod * share);
        }

        Maintenance.Schedule(work);
        CareController.Schedule(work);
        if (work.OperationState is not ("Succeeded" or "Failed") || work.Generation != work.Entry.ObservedGeneration)
        {
            work.State.DueBy(TimerKind.RunStart, work.In(work.Timings.RunStart));
        }
    }

    private static JsonObject? Constraint(JsonNode shoot, string type) =>
        shoot.Objects("status", "constraints").FirstOrDefault(item => item.Text("type") == type);
}
