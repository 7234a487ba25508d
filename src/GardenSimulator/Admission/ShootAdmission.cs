using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>Validating admission (403): built-in plugins, then the provider's webhook.</summary>
internal static class ShootAdmission
{
    public static void Check(JsonObject? before, JsonObject shoot)
    {
        var name = shoot.Text("metadata", "name") ?? string.Empty;
        if (before is not null && !JsonTree.Same(before["spec"], shoot["spec"]))
        {
            CheckPlugins(before, shoot, name);
        }

        if (before is null || !JsonTree.Same(before["spec"], shoot["spec"]))
        {
            CheckProvider(shoot, before);
        }
    }

    private static void CheckPlugins(JsonObject before, JsonObject shoot, string name)
    {
        var seed = before.Text("spec", "seedName");
        if (seed is not null && seed != shoot.Text("spec", "seedName"))
        {
            throw Forbidden(name, "spec.seedName cannot be changed by patch; please use the shoots/binding subresource");
        }

        if (seed is not null && before.Text("status", "seedName") is { } current && current != seed)
        {
            throw Forbidden(name, "spec cannot be changed because the shoot has been rescheduled to a new seed");
        }

        var type = before.Text("status", "lastOperation", "type");
        var state = before.Text("status", "lastOperation", "state");
        if ((type == "Migrate" || (type == "Restore" && state != "Succeeded")) && state is not null)
        {
            throw Forbidden(name, $"cannot change shoot spec during {type} operation that is in state {state}");
        }

        if (before.Flag("spec", "hibernation", "enabled") != true && shoot.Flag("spec", "hibernation", "enabled") == true)
        {
            var possible = before.Objects("status", "constraints").FirstOrDefault(item => item.Text("type") == "HibernationPossible");
            if (possible is not null && possible.Text("status") is not ("True" or "Progressing"))
            {
                throw Forbidden(name, $"\"HibernationPossible\" constraint is not true: {possible.Text("message")}");
            }
        }
    }

    private static void CheckProvider(JsonObject shoot, JsonObject? before)
    {
        var families = Families.Of(shoot);
        if (Families.Workerless(shoot) || !families.Contains(Families.IPv6) || (before is not null && ShootMutator.SameNetworking(before, shoot)))
        {
            return;
        }

        var provider = shoot.Text("spec", "provider", "type");
        var shown = JsonTree.TextArray(families).ToJsonString();
        switch (provider)
        {
            case "gcp" when families.Count == 1:
                throw Webhook(provider, FieldError.Invalid("spec.networking.ipFamilies", shown, "IPv6 single-stack networking is not supported"));
            case "azure":
                throw Webhook(provider, FieldError.Invalid("spec.networking.ipFamilies", shown, families.Count == 2 ? "dual-stack networking is not supported" : "IPv6 single-stack networking is not supported"));
            case "openstack" when shoot.At("spec", "provider", "infrastructureConfig", "networks", "ipv6") is null:
                throw Webhook(provider, FieldError.Invalid("spec.networking.ipFamilies", shown, "infrastructureConfig.networks.ipv6 must be set for dual-stack networking"));
            case "aws" or "gcp":
                CheckOverlay(provider, shoot, families, shown);
                break;
        }
    }

    private static void CheckOverlay(string provider, JsonObject shoot, List<string> families, string shown)
    {
        if (families.Contains(Families.IPv4) && string.IsNullOrEmpty(shoot.Text("spec", "networking", "nodes")))
        {
            throw Webhook(provider, FieldError.Required("spec.networking.nodes", "a nodes CIDR must be provided"));
        }

        switch (shoot.Flag("spec", "networking", "providerConfig", "overlay", "enabled"))
        {
            case null:
                throw Webhook(provider, FieldError.Invalid("spec.networking.ipFamilies", shown, "overlay must be set to false in conjunction with IPv6"));
            case true:
                throw Webhook(provider, FieldError.Invalid("spec.networking.providerConfig.overlay.enabled", "true", "overlay must be set to false in conjunction with IPv6"));
        }
    }

    private static ApiError Webhook(string provider, FieldError error) =>
        ApiError.WebhookDenied($"validator.admission-{provider}.extensions.gardener.cloud", $"{error.Field}: {error.Detail}");

    private static ApiError Forbidden(string name, string text) => ApiError.Forbidden(Keys.Group, "shoots", name, text);
}
