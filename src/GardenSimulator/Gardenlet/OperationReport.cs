using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>Writes <c>status.lastOperation</c>.</summary>
internal static class OperationReport
{
    public static void Report(this ShootWork work, string type, string state, int progress, string description) =>
        work.Status["lastOperation"] = new JsonObject
        {
            ["type"] = type,
            ["state"] = state,
            ["progress"] = progress,
            ["description"] = description,
            ["lastUpdateTime"] = KubeTime.Format(work.Now),
        };

    public static int Progress(this ShootWork work) => (int)(work.Shoot.Number("status", "lastOperation", "progress") ?? 0);
}
