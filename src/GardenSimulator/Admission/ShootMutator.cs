using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>What mutating admission changes in an update.</summary>
internal static class ShootMutator
{
    public static void Apply(JsonObject? before, JsonObject shoot)
    {
        ShootDefaults.ApplyLabels(shoot);
        var provider = shoot.Text("spec", "provider", "type");
        var families = Families.Of(shoot);
        if (before is null)
        {
            SwitchOverlayOff(shoot, provider);
            return;
        }

        CarryOverlay(before, shoot);
        var wakesUp = before.Flag("spec", "hibernation", "enabled") == true && shoot.Flag("spec", "hibernation", "enabled") != true;
        if (!Families.Workerless(shoot)
            && (families.Count > Families.Of(before).Count
                || wakesUp
                || !JsonTree.Same(before.At("spec", "provider", "infrastructureConfig"), shoot.At("spec", "provider", "infrastructureConfig"))))
        {
            AddTask(shoot, Keys.DeployInfrastructure);
        }

        if (provider == "aws" && !Families.Workerless(shoot) && families.Contains(Families.IPv6) && !SameNetworking(before, shoot))
        {
            shoot.Child("spec", "provider", "controlPlaneConfig", "loadBalancerController")["enabled"] = true;
        }

        if (before.Text("status", "lastOperation", "state") == "Failed"
            && shoot.Flag("spec", "maintenance", "confineSpecUpdateRollout") == true
            && !JsonTree.Same(before["spec"], shoot["spec"]))
        {
            shoot.Child("metadata", "annotations")[Keys.NeedsRetry] = "true";
        }
    }

    public static void AddTask(JsonObject shoot, string task)
    {
        var tasks = Tasks(shoot);
        if (!tasks.Contains(task))
        {
            tasks.Add(task);
            shoot.Child("metadata", "annotations")[Keys.Tasks] = string.Join(',', tasks);
        }
    }

    public static List<string> Tasks(JsonNode? shoot) =>
        [.. (shoot.Text("metadata", "annotations", Keys.Tasks) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public static bool SameNetworking(JsonNode before, JsonNode shoot) => JsonTree.Same(before.At("spec", "networking"), shoot.At("spec", "networking"));

    // New shoots get native routing; what is asked for stays.
    private static void SwitchOverlayOff(JsonObject shoot, string? provider)
    {
        if (provider is "aws" or "gcp" && !Families.Workerless(shoot) && shoot.At("spec", "networking", "providerConfig", "overlay", "enabled") is null)
        {
            shoot.Child("spec", "networking", "providerConfig", "overlay")["enabled"] = false;
        }
    }

    private static void CarryOverlay(JsonObject before, JsonObject shoot)
    {
        if (shoot.At("spec", "networking", "providerConfig") is JsonObject config
            && config["overlay"] is null
            && before.At("spec", "networking", "providerConfig", "overlay") is { } overlay)
        {
            config["overlay"] = overlay.DeepClone();
        }
    }
}
