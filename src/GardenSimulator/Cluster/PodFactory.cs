using System.Globalization;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Pods come and go with the nodes they run on; their addresses are those that the CNI gives at that moment.</summary>
internal static class PodFactory
{
    public const string CoreDns = "coredns";
    public const string Workload = "web";

    /// <summary>Makes up for missing pods.</summary>
    public static void Ensure(ShootWork work) => Ensure(work, work.Now);

    public static void Ensure(ShootWork work, DateTimeOffset created)
    {
        var state = work.State;
        if (work.Garden.Faults.Armed(FaultKind.CoreDnsWithoutPods, state.Namespace, state.Name) is null)
        {
            Ensure(work, CoreDns, "kube-system", 2, created);
        }

        Ensure(work, Workload, "default", 3, created);
    }

    public static void RestartDns(ShootWork work)
    {
        foreach (var pod in work.State.Pods.Where(pod => pod.Owner == CoreDns).ToList())
        {
            Delete(work, pod);
        }

        Ensure(work);
    }

    public static void MoveFrom(ShootWork work, string node)
    {
        foreach (var pod in work.State.Pods.Where(pod => pod.Node == node).ToList())
        {
            Delete(work, pod);
        }

        Ensure(work);
    }

    public static void Delete(ShootWork work, SimPod pod)
    {
        var state = work.State;
        state.Deleted.Add(new DeletedObject("pods", PodObjects.Render(pod).ToJsonString(), state.Touch()));
        state.Pods.Remove(pod);
        NodeFactory.Trim(state);
    }

    private static void Ensure(ShootWork work, string owner, string @namespace, int wanted, DateTimeOffset created)
    {
        var state = work.State;
        var nodes = state.Nodes.Where(node => !node.Unschedulable).ToList();
        if (nodes.Count == 0)
        {
            nodes = state.Nodes;
        }

        for (var present = state.Pods.Count(pod => pod.Owner == owner); present < wanted && nodes.Count > 0; present++)
        {
            // New nodes first: the old ones of a roll are tainted against it.
            var node = nodes.OrderBy(item => item.Outdated).ThenBy(item => state.Pods.Count(pod => pod.Node == item.Name)).First();
            var number = ++state.Counter;
            var version = state.Touch();
            state.Pods.Add(new SimPod
            {
                Namespace = @namespace,
                Name = $"{owner}-{StableRandom.Suffix(0, owner, "template", 0, 10)}-{StableRandom.Suffix(work.Garden.Options.Seed, state.Uid, "pod", number, 5)}",
                Uid = StableRandom.Uid(string.Create(CultureInfo.InvariantCulture, $"{state.Uid}/pod/{number}")).ToString(),
                Owner = owner,
                Node = node.Name,
                PodIPs = NetworkRanges.PodAddresses(node.PodCidrs, number, state.PodFamilies),
                Created = created,
                CreatedVersion = version,
                Version = version,
            });
        }
    }
}
