using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>Writes conditions and the constraints that always exist; the label that sums them up lags behind.</summary>
internal static class CareController
{
    private static readonly (string Type, string Reason, string Message)[] Healthy =
    [
        ("APIServerAvailable", "HealthzRequestSucceeded", "API server /healthz endpoint responded with success status code."),
        ("ControlPlaneHealthy", "ControlPlaneRunning", "All control plane components are healthy."),
        ("ObservabilityComponentsHealthy", "ObservabilityComponentsRunning", "All observability components are healthy."),
        ("EveryNodeReady", "EveryNodeReady", "All nodes are ready."),
        ("SystemComponentsHealthy", "SystemComponentsRunning", "All system components are healthy."),
    ];

    private static readonly string[] Constraints = ["HibernationPossible", "MaintenancePreconditionsSatisfied"];

    public static void Schedule(ShootWork work)
    {
        // The loop's phase differs from shoot to shoot.
        var share = 0.3 + (0.7 * StableRandom.Fraction(work.Garden.Options.Seed, work.State.Uid, "care", work.State.RunCount));
        work.State.DueBy(TimerKind.Care, work.In(work.Timings.Care * share));
    }

    /// <summary>A successful run leaves everything Progressing until the next look.</summary>
    public static void Pardon(ShootWork work)
    {
        foreach (var item in work.Shoot.Objects("status", "conditions").Concat(work.Shoot.Objects("status", "constraints").Where(item => Constraints.Contains(item.Text("type")))))
        {
            if (item.Text("status") != "False")
            {
                if (item.Text("status") != "Progressing")
                {
                    item["lastTransitionTime"] = KubeTime.Format(work.Now);
                    item["lastUpdateTime"] = KubeTime.Format(work.Now);
                }

                item["status"] = "Progressing";
            }
        }
    }

    public static void Look(ShootWork work)
    {
        Fill(work);
        work.SaveStatus();
        work.State.DueBy(TimerKind.StatusLabel, work.In(work.Timings.StatusLabel));
    }

    public static void Fill(ShootWork work)
    {
        var hibernated = work.Hibernated && work.WantsHibernation;
        foreach (var (type, reason, message) in Healthy)
        {
            if (type == "EveryNodeReady" && work.Workerless)
            {
                continue;
            }

            if (hibernated)
            {
                work.SetCondition(type, "True", "ConditionNotChecked", "Shoot cluster has been hibernated.");
            }
            else if (work.State.Conditions.TryGetValue(type, out var bad))
            {
                work.SetCondition(type, bad.Status, bad.Reason, bad.Message);
            }
            else if (type == "EveryNodeReady" && work.State.Rolls.Count > 0)
            {
                work.SetCondition(type, "Progressing", "NodesRollOutScalingUp", "Not enough ready worker nodes registered in the cluster while a rolling update is in progress.");
            }
            else
            {
                work.SetCondition(type, "True", reason, message);
            }
        }

        foreach (var type in Constraints)
        {
            if (hibernated)
            {
                work.SetConstraint(type, "True", "ConstraintNotChecked", "Shoot cluster has been hibernated.");
            }
            else if (work.State.Conditions.TryGetValue(type, out var bad))
            {
                work.SetConstraint(type, bad.Status, bad.Reason, bad.Message);
            }
            else
            {
                work.SetConstraint(type, "True", "NoProblematicWebhooks", "All webhooks are properly configured.");
            }
        }
    }

    public static void Label(ShootWork work)
    {
        var wanted = Health(work.Shoot);
        if (work.Shoot.Text("metadata", "labels", Keys.StatusLabel) != wanted)
        {
            work.Shoot.Child("metadata", "labels")[Keys.StatusLabel] = wanted;
            work.SaveMetadata();
        }
    }

    public static string Health(JsonNode shoot)
    {
        var state = shoot.Text("status", "lastOperation", "state");
        var type = shoot.Text("status", "lastOperation", "type");
        var errors = shoot.Objects("status", "lastErrors").Any();
        if (state is null)
        {
            return "healthy";
        }

        if (type == "Delete" || (type == "Create" && state != "Succeeded"))
        {
            return errors ? "unhealthy" : "healthy";
        }

        if (state == "Processing" ? errors : state != "Succeeded")
        {
            return "unhealthy";
        }

        string[] order = ["True", "Progressing", "Unknown", "False"];
        string[] words = ["healthy", "progressing", "unknown", "unhealthy"];
        var worst = shoot.Objects("status", "conditions").Select(item => Math.Max(0, Array.IndexOf(order, item.Text("status")))).DefaultIfEmpty(0).Max();
        return words[worst];
    }
}
