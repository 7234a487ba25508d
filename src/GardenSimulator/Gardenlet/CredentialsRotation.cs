using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>The phases of credential rotations, as far as a client reads them.</summary>
internal static class CredentialsRotation
{
    private static readonly (string Prefix, string[] Fields)[] Parts =
    [
        ("rotate-credentials", ["certificateAuthorities", "serviceAccountKey", "etcdEncryptionKey"]),
        ("rotate-ca", ["certificateAuthorities"]),
        ("rotate-serviceaccount-key", ["serviceAccountKey"]),
        ("rotate-etcd-encryption-key", ["etcdEncryptionKey"]),
    ];

    public static void Begin(ShootWork work, string operation)
    {
        foreach (var (prefix, fields) in Parts)
        {
            if (!operation.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var completes = operation.EndsWith("-complete", StringComparison.Ordinal);
            foreach (var field in fields)
            {
                var rotation = work.Status.Child("credentials", "rotation", field);
                rotation["phase"] = completes ? "Completing"
                    : operation.EndsWith("without-workers-rollout", StringComparison.Ordinal) ? "PreparingWithoutWorkersRollout"
                    : "Preparing";
                rotation[completes ? "lastCompletionTriggeredTime" : "lastInitiationTime"] = KubeTime.Format(work.Now);
            }

            return;
        }
    }

    public static void Finish(ShootWork work)
    {
        if (work.Shoot.At("status", "credentials", "rotation") is not JsonObject rotations)
        {
            return;
        }

        foreach (var rotation in rotations.Select(pair => pair.Value).OfType<JsonObject>())
        {
            switch (rotation.Text("phase"))
            {
                case "Preparing":
                    rotation["phase"] = "Prepared";
                    rotation["lastInitiationFinishedTime"] = KubeTime.Format(work.Now);
                    break;
                case "PreparingWithoutWorkersRollout":
                    rotation["phase"] = "WaitingForWorkersRollout";
                    break;
                case "Completing":
                    rotation["phase"] = "Completed";
                    rotation["lastCompletionTime"] = KubeTime.Format(work.Now);
                    break;
            }
        }
    }
}
