using System.Security.Cryptography;
using System.Text.Json;
using Dualstack.Gardener.Maintenance;

namespace Dualstack.Gardener.Shoots;

public sealed partial class Shoot
{
    /// <summary>Address families asked for, in order of preference.</summary>
    public IReadOnlyList<string> IpFamilies =>
        Json.Texts("spec", "networking", "ipFamilies") is { Count: > 0 } families ? families : [GardenNames.IPv4];

    /// <summary>Whether two address families are asked for.</summary>
    public bool WantsDualStack => IpFamilies.Count == 2;

    /// <summary>Name of the infrastructure provider, such as <c>aws</c>.</summary>
    public string ProviderType => Json.Text("spec", "provider", "type") ?? string.Empty;

    /// <summary>Name of the network plug-in, such as <c>calico</c>; empty for a workerless shoot.</summary>
    public string NetworkingType => Json.Text("spec", "networking", "type") ?? string.Empty;

    /// <summary>The seed that the shoot is to live on, or null.</summary>
    public string? SeedName => Json.Text("spec", "seedName");

    /// <summary>Kubernetes version asked for.</summary>
    public string KubernetesVersion => Json.Text("spec", "kubernetes", "version") ?? string.Empty;

    /// <summary>Worker pools in the order of the spec.</summary>
    public IReadOnlyList<WorkerPool> Workers => [.. Json.Items("spec", "provider", "workers").Select(ReadWorker)];

    /// <summary>Whether the shoot is a control plane without nodes.</summary>
    public bool IsWorkerless => !Json.Items("spec", "provider", "workers").Any();

    /// <summary>Whether hibernation is asked for.</summary>
    public bool WantsHibernation => Json.Flag("spec", "hibernation", "enabled") ?? false;

    /// <summary>Whether spec changes wait for the maintenance window.</summary>
    public bool ConfinesSpecUpdates => Json.Flag("spec", "maintenance", "confineSpecUpdateRollout") ?? false;

    /// <summary>
    /// Whether pods talk through an overlay network. Only an explicit <c>overlay.enabled: false</c> means native routing:
    /// without the setting the network plug-ins use an overlay.
    /// </summary>
    public bool UsesOverlay => OverlayEnabled ?? true;

    /// <summary>The overlay setting as it stands; null if it is not stated.</summary>
    public bool? OverlayEnabled => Json.Flag("spec", "networking", "providerConfig", "overlay", "enabled");

    /// <summary>A hash over the worker pools as they are asked for, of 16 characters; changes with anything in them.</summary>
    public string WorkersHash =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Json.At("spec", "provider", "workers"))))[..16];

    /// <summary>The maintenance window; the whole day if none is given or it cannot be read.</summary>
    public MaintenanceWindow MaintenanceWindow =>
        MaintenanceWindow.TryParse(
            Json.Text("spec", "maintenance", "timeWindow", "begin"),
            Json.Text("spec", "maintenance", "timeWindow", "end"),
            out var window)
            ? window
            : MaintenanceWindow.Always;

    private static WorkerPool ReadWorker(JsonElement worker) => new(
        worker.Text("name") ?? string.Empty,
        (int)(worker.Number("minimum") ?? 0),
        (int)(worker.Number("maximum") ?? 0),
        worker.Items("zones").Count(),
        worker.Text("updateStrategy") ?? "AutoRollingUpdate");
}
