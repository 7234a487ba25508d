using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>The two constraints of a migration, as reconcile runs set and remove them.</summary>
internal static class MigrationConstraints
{
    public static void AtStart(ShootWork work)
    {
        var state = work.State;
        var flavour = work.Garden.Flavour;
        if (work.Workerless
            || string.IsNullOrEmpty(work.Shoot.Text("spec", "networking", "nodes"))
            || work.Shoot.At("status", "networking") is null)
        {
            return;
        }

        if (flavour.DnsConstraintFlaps && work.Dual && work.Constraint(Keys.NodesReady) is null && work.Constraint(Keys.DnsReady) is null && state.PodFamilies == 2)
        {
            AddDns(work);
        }

        if (work.Constraint(Keys.NodesReady) is not null
            || !state.NetworkExists
            || state.NetworkFamilies is null
            || state.NetworkFamilies.Count == work.Families.Count)
        {
            return;
        }

        if (flavour.OldNodeTexts && (!work.Dual || work.Shoot.Texts("status", "networking", "nodes").Count != 1))
        {
            return;
        }

        if (work.Dual)
        {
            NodesPending(work, flavour.InitialNodesStatus);
        }
        else
        {
            work.SetConstraint(Keys.NodesReady, "True", "NodesMigrating", "Node pod CIDRs are currently migrated to target network stack.");
        }
    }

    public static void AtEnd(ShootWork work)
    {
        var state = work.State;
        if (work.Workerless || work.WantsHibernation || work.Constraint(Keys.NodesReady) is null || !state.InfrastructureDual)
        {
            return;
        }

        var families = work.Families.Count;
        var networkMatches = state.NetworkFamilies?.Count == families;
        var allMatch = state.Nodes.TrueForAll(node => node.PodCidrs.Count == families)
            && (state.Nodes.Count > 0 || (work.Garden.Flavour.OldNodeTexts && work.Garden.Flavour.HasDnsConstraint));
        switch (networkMatches, work.Dual, allMatch)
        {
            case (false, true, true):
                work.SetConstraint(
                    Keys.NodesReady,
                    "True",
                    work.Garden.Flavour.OldNodeTexts ? "DualStackMigration" : "NodesMigrated",
                    work.Garden.Flavour.OldNodeTexts ? "All nodes were migrated to dual-stack networking." : "All node pod CIDRs migrated to target network stack.");
                break;
            case (false, true, false):
                NodesPending(work, work.Garden.Flavour.PendingNodesStatus);
                break;
            case (false, false, false):
                work.SetConstraint(Keys.NodesReady, "True", "NodesMigrating", "Node pod CIDRs are currently migrated to target network stack.");
                break;
            case (true, true, _):
                work.RemoveConstraint(Keys.NodesReady);
                if (work.Garden.Flavour.HasDnsConstraint && work.Constraint(Keys.DnsReady) is null)
                {
                    AddDns(work);
                }

                break;
            case (true, false, true):
                work.RemoveConstraint(Keys.NodesReady);
                break;
        }
    }

    private static void AddDns(ShootWork work) =>
        work.SetConstraint(Keys.DnsReady, "Progressing", "DNSServiceMigration", "The shoot is migrating the kube-dns service.");

    private static void NodesPending(ShootWork work, string status)
    {
        if (work.Garden.Flavour.OldNodeTexts)
        {
            work.SetConstraint(Keys.NodesReady, status, "DualStackMigration", "Not all nodes were migrated to dual-stack networking.");
        }
        else
        {
            work.SetConstraint(Keys.NodesReady, status, "NodesNotMigrated", "Migrating node pod CIDRs to match target network stack.");
        }
    }
}
