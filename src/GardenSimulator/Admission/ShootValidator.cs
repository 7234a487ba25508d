using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>Field validation (422) of shoots.</summary>
internal static partial class ShootValidator
{
    private const string FamiliesField = "spec.networking.ipFamilies";

    public static void Update(JsonObject before, JsonObject shoot, GardenerFlavour flavour)
    {
        var errors = new List<FieldError>();
        if (before.At("metadata", "deletionTimestamp") is not null && !JsonTree.Same(before["spec"], shoot["spec"]))
        {
            errors.Add(FieldError.Forbidden("spec", "cannot update shoot spec if deletion timestamp is set"));
        }

        errors.AddRange(Spec(shoot));
        errors.AddRange(FamilyChange(before, shoot, flavour));
        foreach (var field in new[] { "type", "pods", "services" })
        {
            Immutable(before, shoot, errors, "networking", field);
        }

        Immutable(before, shoot, errors, "region");
        Immutable(before, shoot, errors, "provider", "type");
        Immutable(before, shoot, errors, "kubernetes", "kubeControllerManager", "nodeCIDRMaskSize");
        Immutable(before, shoot, errors, "kubernetes", "kubeControllerManager", "nodeCIDRMaskSizeIPv6");
        if (Families.Workerless(before) != Families.Workerless(shoot))
        {
            errors.Add(FieldError.Forbidden("spec.provider.workers", "cannot switch from a Shoot with workers to a workerless Shoot or back"));
        }

        Throw(shoot, errors);
    }

    /// <summary>Checks the operations as they were sent, before any is consumed.</summary>
    public static void Operations(JsonObject shoot, GardenerFlavour flavour) => Throw(shoot, [.. OperationAnnotation.Validate(shoot, flavour)]);

    public static void Create(JsonObject shoot, GardenerFlavour flavour)
    {
        var errors = new List<FieldError>();
        var name = shoot.Text("metadata", "name") ?? string.Empty;
        if (!NamePattern().IsMatch(name))
        {
            errors.Add(FieldError.Invalid("metadata.name", $"\"{name}\"", "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"));
        }
        else if (name.Contains("--", StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid("metadata.name", $"\"{name}\"", "name may not contain two consecutive hyphens"));
        }

        errors.AddRange(Spec(shoot));
        errors.AddRange(OperationAnnotation.Validate(shoot, flavour));
        Throw(shoot, errors);
    }

    /// <summary>What is wrong with a spec, whatever it was before.</summary>
    public static IEnumerable<FieldError> Spec(JsonObject shoot) => Fields(shoot).Concat(ShootFormats.Check(shoot));

    private static IEnumerable<FieldError> Fields(JsonObject shoot)
    {
        foreach (var (path, value) in new[]
        {
            ("spec.provider.type", shoot.Text("spec", "provider", "type")),
            ("spec.region", shoot.Text("spec", "region")),
            ("spec.kubernetes.version", shoot.Text("spec", "kubernetes", "version")),
        })
        {
            if (string.IsNullOrEmpty(value))
            {
                yield return FieldError.Required(path, "must be set");
            }
        }

        if (!Families.Workerless(shoot) && string.IsNullOrEmpty(shoot.Text("spec", "networking", "type")))
        {
            yield return FieldError.Required("spec.networking.type", "networking type must be provided");
        }

        var families = Families.Of(shoot);
        for (var i = 0; i < families.Count; i++)
        {
            if (families[i] is not (Families.IPv4 or Families.IPv6))
            {
                yield return FieldError.NotSupported($"{FamiliesField}[{i}]", families[i], Families.IPv4, Families.IPv6);
            }
            else if (families.IndexOf(families[i]) < i)
            {
                yield return FieldError.Duplicate($"{FamiliesField}[{i}]", $"\"{families[i]}\"");
            }
        }

        if (families is [Families.IPv4] && shoot.At("spec", "kubernetes", "kubeControllerManager", "nodeCIDRMaskSizeIPv6") is not null)
        {
            yield return FieldError.Forbidden(
                "spec.kubernetes.kubeControllerManager.nodeCIDRMaskSizeIPv6",
                "nodeCIDRMaskSizeIPv6 cannot be set for IPv4 single-stack clusters");
        }

        var pools = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var worker in shoot.Objects("spec", "provider", "workers"))
        {
            var name = worker.Text("name") ?? string.Empty;
            var path = $"spec.provider.workers[{index++}]";
            if (name.Length is 0 or > 15)
            {
                yield return FieldError.Invalid($"{path}.name", $"\"{name}\"", "must have 1 to 15 characters");
            }
            else if (!pools.Add(name))
            {
                yield return FieldError.Duplicate($"{path}.name", $"\"{name}\"");
            }

            if (worker.Number("maximum") < worker.Number("minimum"))
            {
                yield return FieldError.Forbidden($"{path}.maximum", "maximum value must not be less or equal than minimum value");
            }
        }
    }

    private static IEnumerable<FieldError> FamilyChange(JsonObject before, JsonObject shoot, GardenerFlavour flavour)
    {
        var old = Families.Of(before);
        var wanted = Families.Of(shoot);
        if (old.SequenceEqual(wanted) || flavour.AnyFamilyChange)
        {
            yield break;
        }

        if (flavour.FamiliesImmutable)
        {
            yield return FieldError.Invalid(FamiliesField, JsonTree.TextArray(wanted).ToJsonString(), "field is immutable");
            yield break;
        }

        var forward = old is [Families.IPv4] && wanted is [Families.IPv4, Families.IPv6];
        var back = old is [Families.IPv4, Families.IPv6] && wanted is [Families.IPv4] && flavour.WayBack;
        if (!forward && !back)
        {
            yield return FieldError.Forbidden(
                FamiliesField,
                $"unsupported IP family update: oldIPFamilies={Families.Show(old)}, newIPFamilies={Families.Show(wanted)}");
        }
    }

    private static void Immutable(JsonObject before, JsonObject shoot, List<FieldError> errors, params string[] path)
    {
        var old = before["spec"].At(path);
        var wanted = shoot["spec"].At(path);
        if (old is not null && !JsonTree.Same(old, wanted))
        {
            errors.Add(FieldError.Invalid($"spec.{string.Join('.', path)}", wanted?.ToJsonString() ?? "null", "field is immutable"));
        }
    }

    private static void Throw(JsonObject shoot, List<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw ApiError.Invalid(Keys.Group, "Shoot", shoot.Text("metadata", "name") ?? string.Empty, errors);
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex NamePattern();
}
