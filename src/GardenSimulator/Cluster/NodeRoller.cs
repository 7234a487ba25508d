using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Replaces nodes batch by batch, every zone of a pool for itself, whether or not a run is waiting for it.</summary>
internal static class NodeRoller
{
    /// <summary>The part of a batch's time after which its new nodes have joined.</summary>
    private const double JoinShare = 0.6;

    public static void Begin(ShootWork work, string pool)
    {
        var worker = work.Shoot.Objects("spec", "provider", "workers").FirstOrDefault(item => item.Text("name") == pool);
        if (worker is null)
        {
            return;
        }

        var state = work.State;
        state.Rolls.RemoveAll(roll => roll.Pool == pool);
        var zones = Workers.Zones(worker);
        var seconds = SecondsPerBatch(work, pool);
        for (var i = 0; i < zones.Count; i++)
        {
            var old = state.Nodes.Where(node => node.Pool == pool && node.Zone == zones[i]).OrderBy(node => node.Created).ToList();
            if (old.Count == 0)
            {
                continue;
            }

            foreach (var node in old)
            {
                node.Outdated = true;
                node.Version = state.Touch();
            }

            var roll = new MachineRoll
            {
                Pool = pool,
                Zone = zones[i],
                ZoneNumber = i + 1,
                BatchSize = Math.Max(1, Share(worker, "maxSurge", zones.Count, i, old.Count) + Share(worker, "maxUnavailable", zones.Count, i, old.Count)),
                SecondsPerBatch = seconds,
                Total = old.Count,
                Waiting = [.. old.Select(node => node.Name)],
            };
            state.Rolls.Add(roll);
            NextBatch(work, roll);
        }

        Wake(work);
        CareController.Schedule(work);
    }

    public static void Step(ShootWork work)
    {
        foreach (var roll in work.State.Rolls.Where(roll => roll.Due <= work.Now).ToList())
        {
            if (!roll.Draining)
            {
                Join(work, roll);
            }
            else
            {
                Drain(work, roll);
            }
        }

        if (work.State.Rolls.Count == 0)
        {
            CareController.Schedule(work);
            if (work.State.Run is { Phase: RunPhase.Workers })
            {
                work.State.Due[TimerKind.RunStep] = work.Now;
            }
        }

        Wake(work);
    }

    /// <summary>A machine for a node that vanished outside a roll.</summary>
    public static void Refill(ShootWork work, SimNode gone)
    {
        work.State.Rolls.Add(new MachineRoll
        {
            Pool = gone.Pool,
            Zone = gone.Zone,
            ZoneNumber = gone.ZoneNumber,
            BatchSize = 1,
            SecondsPerBatch = SecondsPerBatch(work, gone.Pool),
            Total = 1,
            Batch = [gone.Name],
            Due = work.In(TimeSpan.FromSeconds(SecondsPerBatch(work, gone.Pool) * JoinShare)),
        });
        Wake(work);
    }

    public static (int Available, int Desired) Availability(ShootState state)
    {
        var fresh = state.Nodes.Count(node => !node.Outdated);
        return (fresh, fresh + state.Rolls.Sum(roll => roll.Waiting.Count + (roll.Draining ? 0 : roll.Batch.Count)));
    }

    public static int Remaining(ShootState state) => state.Rolls.Sum(roll => roll.Waiting.Count + roll.Batch.Count);

    private static void Join(ShootWork work, MachineRoll roll)
    {
        foreach (var name in roll.Batch)
        {
            NodeFactory.Join(work, roll.Pool, roll.Zone, roll.ZoneNumber);
            if (work.State.Nodes.Find(node => node.Name == name) is { } old)
            {
                old.Unschedulable = true;
                old.Version = work.State.Touch();
            }
        }

        roll.Draining = true;
        roll.Due += work.Garden.Scaled(TimeSpan.FromSeconds(roll.SecondsPerBatch * (1 - JoinShare)));
    }

    private static void Drain(ShootWork work, MachineRoll roll)
    {
        foreach (var name in roll.Batch)
        {
            if (work.State.Nodes.Find(node => node.Name == name) is { } old)
            {
                NodeFactory.Leave(work, old);
            }
        }

        NextBatch(work, roll);
    }

    private static void NextBatch(ShootWork work, MachineRoll roll)
    {
        roll.Batch = [.. roll.Waiting.Take(roll.BatchSize)];
        roll.Waiting.RemoveRange(0, roll.Batch.Count);
        roll.Draining = false;
        if (roll.Batch.Count == 0)
        {
            work.State.Rolls.Remove(roll);
        }
        else
        {
            roll.Due = work.In(TimeSpan.FromSeconds(roll.SecondsPerBatch * JoinShare));
        }
    }

    private static void Wake(ShootWork work)
    {
        work.State.Due.Remove(TimerKind.Roll);
        foreach (var roll in work.State.Rolls)
        {
            work.State.DueBy(TimerKind.Roll, roll.Due);
        }
    }

    /// <summary>Gardener divides surge and unavailability over the zones, the remainder going to the first ones.</summary>
    private static int Share(JsonNode worker, string name, int zones, int index, int nodes)
    {
        var text = worker.Text(name) ?? "0";
        if (text.EndsWith('%'))
        {
            return (int)Math.Ceiling(nodes * int.Parse(text[..^1], CultureInfo.InvariantCulture) / 100.0);
        }

        var total = int.Parse(text, CultureInfo.InvariantCulture);
        return (total / zones) + (index < total % zones ? 1 : 0);
    }

    private static double SecondsPerBatch(ShootWork work, string pool)
    {
        var text = work.Shoot.Text("metadata", "annotations", Keys.NodeReplacementSeconds);
        foreach (var part in (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var value = part.StartsWith(pool + "=", StringComparison.Ordinal) ? part[(pool.Length + 1)..] : part;
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
            {
                return seconds;
            }
        }

        return work.Timings.NodeReplacement.TotalSeconds;
    }
}
