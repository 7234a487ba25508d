using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Brings the nodes in line with the worker pools of the spec.</summary>
internal static class Workers
{
    public static void Adjust(ShootWork work)
    {
        if (work.Workerless)
        {
            return;
        }

        if (work.WantsHibernation)
        {
            Clear(work);
            return;
        }

        var state = work.State;
        var pools = work.Shoot.Objects("spec", "provider", "workers").ToDictionary(worker => worker.Text("name")!, StringComparer.Ordinal);
        foreach (var node in state.Nodes.Where(node => !pools.ContainsKey(node.Pool)).ToList())
        {
            NodeFactory.Leave(work, node);
        }

        state.Rolls.RemoveAll(roll => !pools.ContainsKey(roll.Pool));
        foreach (var (pool, worker) in pools)
        {
            // A machine that is on its way for a node that vanished counts as there.
            var present = state.Nodes.Count(node => node.Pool == pool)
                + state.Rolls.Where(roll => roll.Pool == pool && !roll.Draining).Sum(roll => roll.Batch.Count(name => !state.Nodes.Exists(node => node.Name == name)));
            var zones = Zones(worker);
            var rolling = state.Rolls.Exists(roll => roll.Pool == pool);
            for (var index = 0; present < (worker.Number("minimum") ?? 0); index++, present++)
            {
                var zone = zones.Select((name, position) => (name, position))
                    .MinBy(item => state.Nodes.Count(node => node.Pool == pool && node.Zone == item.name));
                NodeFactory.Join(work, pool, zone.name, zone.position + 1);
            }

            while (!rolling && present > (worker.Number("maximum") ?? 0))
            {
                NodeFactory.Leave(work, state.Nodes.First(node => node.Pool == pool));
                present--;
            }

            var hash = Hash(work.Shoot, worker);
            if (state.PoolHashes.TryGetValue(pool, out var before) && before != hash && RollsByReplacement(worker))
            {
                NodeRoller.Begin(work, pool);
            }

            state.PoolHashes[pool] = hash;
        }

        foreach (var pool in state.PoolHashes.Keys.Where(pool => !pools.ContainsKey(pool)).ToList())
        {
            state.PoolHashes.Remove(pool);
        }

        PodFactory.Ensure(work);
    }

    public static bool RollsByReplacement(JsonNode worker) => worker.Text("updateStrategy") is null or "AutoRollingUpdate";

    public static List<string> Zones(JsonNode worker)
    {
        var zones = worker.Texts("zones");
        return zones.Count == 0 ? [string.Empty] : zones;
    }

    /// <summary>What replaces a pool's nodes when it changes. The families are no part of it.</summary>
    public static string Hash(JsonNode shoot, JsonNode worker)
    {
        var version = worker.Text("kubernetes", "version") ?? shoot.Text("spec", "kubernetes", "version") ?? string.Empty;
        var minor = string.Join('.', version.Split('.').Take(2));
        return string.Join('|', minor, worker.Text("machine", "type"), worker.At("machine", "image")?.ToJsonString(), worker.At("volume")?.ToJsonString(), worker.Text("cri", "name"));
    }

    private static void Clear(ShootWork work)
    {
        var state = work.State;
        state.Rolls.Clear();
        foreach (var node in state.Nodes.ToList())
        {
            NodeFactory.Leave(work, node);
        }
    }
}
