using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>The values that the API server fills in, also on reads.</summary>
internal static class ShootDefaults
{
    public static void Apply(JsonObject shoot, GardenerFlavour flavour)
    {
        shoot["apiVersion"] = "core.gardener.cloud/v1beta1";
        shoot["kind"] = "Shoot";
        var spec = shoot.Child("spec");
        var networking = spec.Child("networking");
        Default(spec, "purpose", "evaluation");
        Default(spec, "schedulerName", "default-scheduler");
        if (networking.Texts("ipFamilies").Count == 0)
        {
            networking["ipFamilies"] = JsonTree.TextArray([Families.IPv4]);
        }

        var families = Families.Of(shoot);
        var workerless = Families.Workerless(shoot);
        var ipv4 = families.Contains(Families.IPv4);
        Default(networking, "services", ipv4 ? "100.64.0.0/13" : "fd3b:1c2d::/112");
        var maintenance = spec.Child("maintenance");
        var autoUpdate = maintenance.Child("autoUpdate");
        Default(autoUpdate, "kubernetesVersion", true);
        if (maintenance["timeWindow"] is null)
        {
            maintenance["timeWindow"] = new JsonObject { ["begin"] = "220000+0000", ["end"] = "230000+0000" };
        }

        if (workerless)
        {
            return;
        }

        Default(autoUpdate, "machineImageVersion", true);
        if (ipv4)
        {
            Default(networking, "pods", "100.96.0.0/11");
        }

        var kubernetes = spec.Child("kubernetes");
        var kubeProxy = kubernetes.Child("kubeProxy");
        Default(kubeProxy, "enabled", true);
        Default(kubeProxy, "mode", "IPTables");
        var controllerManager = kubernetes.Child("kubeControllerManager");
        Default(controllerManager, "nodeMonitorGracePeriod", "40s");
        if (controllerManager["nodeCIDRMaskSize"] is null)
        {
            controllerManager["nodeCIDRMaskSize"] = families[0] == Families.IPv4 ? NodeMask(shoot) : 64;
        }

        if (flavour.MaskSizeIPv6 && families.Count == 2 && controllerManager["nodeCIDRMaskSizeIPv6"] is null)
        {
            controllerManager["nodeCIDRMaskSizeIPv6"] = 64;
        }

        foreach (var worker in shoot.Objects("spec", "provider", "workers"))
        {
            Default(worker, "minimum", 0);
            Default(worker, "maximum", worker.Number("minimum") ?? 0);
            Default(worker, "maxSurge", 1);
            Default(worker, "maxUnavailable", 0);
            Default(worker, "updateStrategy", "AutoRollingUpdate");
            Default(worker.Child("cri"), "name", "containerd");
        }
    }

    /// <summary>Labels that extension webhooks select on.</summary>
    public static void ApplyLabels(JsonObject shoot)
    {
        var labels = shoot.Child("metadata", "labels");
        foreach (var (prefix, value) in new[]
        {
            ("provider.extensions.gardener.cloud/", shoot.Text("spec", "provider", "type")),
            ("networking.extensions.gardener.cloud/", shoot.Text("spec", "networking", "type")),
            ("name.seed.gardener.cloud/", shoot.Text("spec", "seedName")),
        })
        {
            if (!string.IsNullOrEmpty(value))
            {
                labels[prefix + value] = "true";
            }
        }
    }

    private static int NodeMask(JsonObject shoot)
    {
        var maxPods = shoot.Objects("spec", "provider", "workers")
            .Select(worker => worker.Number("kubernetes", "kubelet", "maxPods") ?? 0)
            .Append(shoot.Number("spec", "kubernetes", "kubelet", "maxPods") ?? 110)
            .Max();
        return 32 - (int)Math.Ceiling(Math.Log2(2 * Math.Max(1, maxPods)));
    }

    private static void Default(JsonObject parent, string name, JsonNode value)
    {
        if (parent[name] is null)
        {
            parent[name] = value;
        }
    }
}
