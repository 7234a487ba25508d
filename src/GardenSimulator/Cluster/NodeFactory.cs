using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Machines join and leave a shoot's cluster.</summary>
internal static class NodeFactory
{
    public static SimNode Join(ShootWork work, string pool, string zone, int zoneNumber)
    {
        var count = FamiliesOfNewNode(work);
        if (count == 2 && work.Garden.Faults.Strike(
            FaultKind.SingleStackNodes, work.State.Namespace, work.State.Name, fault => fault.Pool is null || fault.Pool == pool) is not null)
        {
            count = 1;
        }

        var node = Create(work.Garden, work.Shoot, work.State, pool, zone, zoneNumber, count, work.Now);
        work.State.Nodes.Add(node);
        return node;
    }

    public static SimNode Create(Garden garden, JsonObject shoot, ShootState state, string pool, string zone, int zoneNumber, int families, DateTimeOffset created)
    {
        var number = ++state.Counter;
        var addresses = NetworkRanges.NodeAddresses(shoot, state, number, families);
        var worker = shoot.Objects("spec", "provider", "workers").FirstOrDefault(item => item.Text("name") == pool);
        var version = state.Touch();
        return new SimNode
        {
            Name = Name(garden, shoot, state, pool, zoneNumber, number, addresses[0]),
            Uid = StableRandom.Uid(string.Create(CultureInfo.InvariantCulture, $"{state.Uid}/node/{number}")).ToString(),
            Pool = pool,
            Zone = zone,
            ZoneNumber = zoneNumber,
            PodCidrs = NetworkRanges.NodePodRanges(shoot, state, number, families),
            Addresses = addresses,
            Created = created,
            MachineType = worker.Text("machine", "type") ?? "m5.large",
            KubernetesVersion = worker.Text("kubernetes", "version") ?? shoot.Text("spec", "kubernetes", "version") ?? "1.33.4",
            CreatedVersion = version,
            Version = version,
        };
    }

    public static void Leave(ShootWork work, SimNode node)
    {
        var state = work.State;
        state.Deleted.Add(new DeletedObject("nodes", NodeObjects.Render(work.Shoot, state, node).ToJsonString(), state.Touch()));
        state.Nodes.Remove(node);
        PodFactory.MoveFrom(work, node.Name);
        Trim(state);
    }

    public static void Trim(ShootState state)
    {
        if (state.Deleted.Count > 200)
        {
            state.OldestWatchable = state.Deleted[state.Deleted.Count - 201].Version;
            state.Deleted.RemoveRange(0, state.Deleted.Count - 200);
        }
    }

    private static int FamiliesOfNewNode(ShootWork work)
    {
        if (!work.Dual)
        {
            return 1;
        }

        if (work.Shoot.Text("spec", "provider", "type") is "aws" or "gcp")
        {
            return work.State.InfrastructureDual ? 2 : 1;
        }

        // Elsewhere the controller manager hands out the ranges, of the families that the control plane uses.
        return work.Constraint(Keys.NodesReady) is { } constraint && constraint.Text("status") != "True" ? 1 : 2;
    }

    private static string Name(Garden garden, JsonObject shoot, ShootState state, string pool, int zoneNumber, int number, string address) =>
        shoot.Text("spec", "provider", "type") == "aws" && !address.Contains(':', StringComparison.Ordinal)
            ? $"ip-{address.Replace('.', '-')}.{shoot.Text("spec", "region")}.compute.internal"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{shoot.Text("status", "technicalID")}-{pool}-z{zoneNumber}-{StableRandom.Suffix(garden.Options.Seed, state.Uid, pool, zoneNumber, 5)}-{StableRandom.Suffix(garden.Options.Seed, state.Uid, "node", number, 5)}");
}
