using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>The operation annotation: what it may hold, and what it does in the request that sets it.</summary>
internal static class OperationAnnotation
{
    public const string Reconcile = "reconcile";
    public const string Retry = "retry";
    public const string Maintain = "maintain";
    public const string RolloutPrefix = "rollout-workers";
    private const string RotateRolloutPrefix = "rotate-rollout-workers";
    private const string Field = "metadata.annotations[gardener.cloud/operation]";

    private static readonly string[] Alone = [Retry, Maintain, "force-in-place-update"];

    private static readonly string[] AtRunStart =
    [
        "rotate-ca-start", "rotate-ca-start-without-workers-rollout", "rotate-ca-complete",
        "rotate-serviceaccount-key-start", "rotate-serviceaccount-key-start-without-workers-rollout", "rotate-serviceaccount-key-complete",
        "rotate-etcd-encryption-key", "rotate-etcd-encryption-key-start", "rotate-etcd-encryption-key-complete",
        "rotate-observability-credentials", "rotate-ssh-keypair",
        "rotate-credentials-start", "rotate-credentials-start-without-workers-rollout", "rotate-credentials-complete",
    ];

    public static List<string> Of(JsonNode? shoot) => Split(shoot.Text("metadata", "annotations", Keys.Operation));

    public static List<string> Split(string? value) =>
        [.. (value ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    public static void Write(JsonObject shoot, IReadOnlyCollection<string> operations)
    {
        var annotations = shoot.Child("metadata", "annotations");
        if (operations.Count == 0)
        {
            annotations.Remove(Keys.Operation);
        }
        else
        {
            annotations[Keys.Operation] = string.Join(';', operations);
        }
    }

    /// <summary>Whether gardenlet consumes the operation at the start of a run.</summary>
    public static bool ConsumedByRun(string operation) => IsRollout(operation) || IsRotationRollout(operation) || AtRunStart.Contains(operation);

    public static bool IsRollout(string operation) => Named(operation, RolloutPrefix);

    public static bool IsRotationRollout(string operation) => Named(operation, RotateRolloutPrefix);

    /// <summary>Whether gardenlet replaces every node for the operation.</summary>
    public static bool RollsAllNodes(string operation) =>
        operation is "rotate-ca-start" or "rotate-serviceaccount-key-start" or "rotate-credentials-start";

    /// <summary>The pools that a rollout names, <c>*</c> expanded.</summary>
    public static List<string> Pools(string operation, JsonNode shoot)
    {
        var names = operation[(operation.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(',');
        return names is ["*"] ? [.. shoot.Objects("spec", "provider", "workers").Select(worker => worker.Text("name")!)] : [.. names];
    }

    public static IEnumerable<FieldError> Validate(JsonObject shoot, GardenerFlavour flavour)
    {
        var operations = Of(shoot);
        var hibernated = shoot.Flag("spec", "hibernation", "enabled") == true || shoot.Flag("status", "hibernated") == true;
        foreach (var operation in operations)
        {
            if (Alone.Contains(operation) && operations.Count > 1)
            {
                yield return FieldError.Forbidden(Field, $"operation '{operation}' must not be combined with other operations");
            }
            else if (IsRollout(operation) && flavour.RolloutOperation)
            {
                if (hibernated)
                {
                    yield return FieldError.Forbidden(Field, $"operation '{operation}' is not permitted when shoot is hibernated or is waking up");
                }

                foreach (var error in ValidateRollout(operation, shoot))
                {
                    yield return error;
                }
            }
            else if (hibernated && operation.StartsWith("rotate-", StringComparison.Ordinal)
                && (operation.Contains("credentials", StringComparison.Ordinal) || operation.Contains("serviceaccount", StringComparison.Ordinal) || operation.Contains("etcd", StringComparison.Ordinal))
                && !operation.Contains("observability", StringComparison.Ordinal))
            {
                yield return FieldError.Forbidden(Field, $"operation '{operation}' is not permitted when shoot is hibernated or is waking up");
            }
            else if (operation != Reconcile && !Alone.Contains(operation) && !AtRunStart.Contains(operation) && !IsRotationRollout(operation))
            {
                var supported = AtRunStart.Concat([Maintain, Reconcile, Retry]).Order(StringComparer.Ordinal);
                yield return FieldError.NotSupported(Field, operation, flavour.RolloutOperation ? supported.Append(RolloutPrefix + "=<pool>") : supported);
            }
        }
    }

    private static IEnumerable<FieldError> ValidateRollout(string operation, JsonObject shoot)
    {
        var position = operation.IndexOf('=', StringComparison.Ordinal);
        var names = position < 0 ? [] : operation[(position + 1)..].Split(',');
        if (names.Length == 0 || names is [""])
        {
            yield return FieldError.Required(Field, "must provide at least one pool name via rollout-workers=<poolName1>[,<poolName2>,...]");
            yield break;
        }

        if (names.Length > 1 && names.Contains("*"))
        {
            yield return FieldError.Forbidden(Field, "the '*' cannot be combined with pool names");
            yield break;
        }

        var workers = shoot.Objects("spec", "provider", "workers").ToDictionary(worker => worker.Text("name")!, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names is ["*"] ? [.. workers.Keys] : names)
        {
            if (name.Length == 0)
            {
                yield return FieldError.Required(Field, "pool name must not be empty");
            }
            else if (!seen.Add(name))
            {
                yield return FieldError.Duplicate(Field, $"\"{name}\"");
            }
            else if (!workers.TryGetValue(name, out var worker))
            {
                yield return FieldError.Invalid(Field, $"\"{name}\"", $"worker pool name {name} does not exist in .spec.provider.workers[]");
            }
            else if (worker.Text("updateStrategy") is "AutoInPlaceUpdate" or "ManualInPlaceUpdate")
            {
                yield return FieldError.Invalid(Field, $"\"{name}\"", $"worker pool {name} is using in-place update strategy; manual worker pool rollout is not supported for such pools");
            }
        }
    }

    private static bool Named(string operation, string prefix) =>
        operation == prefix || operation.StartsWith(prefix + "=", StringComparison.Ordinal);
}
