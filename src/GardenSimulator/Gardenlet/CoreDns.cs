using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>The DNS steps of a run, and the restart that follows one.</summary>
internal static class CoreDns
{
    public static void InRun(ShootWork work)
    {
        if (work.Workerless || work.WantsHibernation)
        {
            return;
        }

        if (CheckGoesFirst(work))
        {
            Check(work);
            Deploy(work);
        }
        else
        {
            Deploy(work);
            Check(work);
        }

        work.SaveStatus();
    }

    /// <summary>The deployment's template has changed: new pods are on their way.</summary>
    public static void BeginRestart(ShootWork work)
    {
        work.State.DnsGeneration++;
        work.State.Touch("deployments/coredns");
        work.State.Due[TimerKind.DnsRestart] = work.In(work.Timings.CoreDnsRestart);
    }

    /// <summary>The new pods have replaced the old ones.</summary>
    public static void Restart(ShootWork work)
    {
        PodFactory.RestartDns(work);
        work.State.Touch("deployments/coredns");
        CareController.Schedule(work);
    }

    private static bool CheckGoesFirst(ShootWork work) =>
        work.Shoot.Text("metadata", "annotations", Keys.DnsOrder) switch
        {
            "check-first" => true,
            "deploy-first" => false,
            _ => work.Garden.Options.DnsTaskOrder switch
            {
                DnsTaskOrder.CheckFirst => true,
                DnsTaskOrder.DeployFirst => false,
                _ => StableRandom.Coin(work.Garden.Options.Seed, work.State.Uid, "dns-order", work.State.RunCount),
            },
        };

    private static void Check(ShootWork work)
    {
        var pods = DnsPods(work);
        if (work.Constraint(Keys.DnsReady) is null || pods.Count == 0)
        {
            return;
        }

        var families = work.Families.Count;
        if (work.State.DnsServiceFamilies == families)
        {
            work.RemoveConstraint(Keys.DnsReady);
        }
        else if (pods.TrueForAll(pod => pod.PodIPs.Count == families))
        {
            work.SetConstraint(Keys.DnsReady, "True", "DNSServiceMigration", "The coreDNS pods are ready for DNS service migration.");
        }
    }

    private static void Deploy(ShootWork work)
    {
        var state = work.State;
        var families = work.Families.Count;
        var nodes = work.Constraint(Keys.NodesReady)?.Text("status");
        var dns = work.Constraint(Keys.DnsReady)?.Text("status");
        var nodesHold = work.Garden.Flavour.HasDnsConstraint ? nodes is not null : nodes is not (null or "True");
        var count = nodesHold || dns is not (null or "True") ? 1 : families;
        if (state.DnsServiceFamilies != count)
        {
            state.DnsServiceFamilies = count;
            state.Touch("services/kube-dns");
        }

        var pods = DnsPods(work);
        var needed = !work.Garden.Flavour.RestartsDnsOnlyIfNeeded || pods.Count == 0 || pods.Exists(pod => pod.PodIPs.Count < families);
        if (state.Run!.Tasks.Contains(Keys.RestartCoreAddons) || (dns == "Progressing" && needed))
        {
            state.DnsRestartedAt = KubeTime.Format(work.Now);
            BeginRestart(work);
        }
    }

    private static List<SimPod> DnsPods(ShootWork work) =>
        work.Garden.Faults.Armed(FaultKind.CoreDnsWithoutPods, work.State.Namespace, work.State.Name) is null
            ? [.. work.State.Pods.Where(pod => pod.Owner == PodFactory.CoreDns)]
            : [];
}
