using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>Decides, for every write of a shoot that is not one of its status, whether the generation rises and which operation is consumed at once.</summary>
internal static class GenerationRules
{
    public static void Apply(JsonObject before, JsonObject shoot)
    {
        var generation = before.Number("metadata", "generation") ?? 1;
        shoot.Child("metadata")["generation"] = MustIncrease(before, shoot) ? generation + 1 : generation;
    }

    private static bool MustIncrease(JsonObject before, JsonObject shoot)
    {
        if (SpecCounts(before, shoot)
            || (before.At("metadata", "deletionTimestamp") is null && shoot.At("metadata", "deletionTimestamp") is not null))
        {
            return true;
        }

        if (shoot.Text("status", "lastOperation", "state") is not { } state)
        {
            return false;
        }

        var operations = OperationAnnotation.Of(shoot);
        if (state == "Failed")
        {
            // Only the exact value counts: everything else lies there until the shoot has left Failed.
            if (shoot.Text("metadata", "annotations", Keys.Operation) != OperationAnnotation.Retry)
            {
                return false;
            }

            OperationAnnotation.Write(shoot, []);
            return true;
        }

        var remaining = operations.Where(operation => operation != OperationAnnotation.Reconcile).ToList();
        var droppedKeyPair = remaining.Contains("rotate-ssh-keypair") && shoot.Flag("spec", "provider", "workersSettings", "sshAccess", "enabled") == false
            && remaining.Remove("rotate-ssh-keypair");
        if (remaining.Count != operations.Count)
        {
            OperationAnnotation.Write(shoot, remaining);
        }

        return operations.Count - (droppedKeyPair ? 1 : 0) > remaining.Count || remaining.Exists(OperationAnnotation.ConsumedByRun);
    }

    private static bool SpecCounts(JsonObject before, JsonObject shoot)
    {
        if (JsonTree.Same(before["spec"], shoot["spec"]))
        {
            return false;
        }

        return shoot.Flag("spec", "maintenance", "confineSpecUpdateRollout") != true
            || (before.Flag("spec", "hibernation", "enabled") ?? false) != (shoot.Flag("spec", "hibernation", "enabled") ?? false);
    }
}
