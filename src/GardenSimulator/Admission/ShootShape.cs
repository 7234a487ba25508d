using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>Refuses what cannot be decoded into a Shoot, for the fields that matter here.</summary>
internal static class ShootShape
{
    public static void Check(JsonObject shoot)
    {
        Texts(shoot.At("metadata", "labels"), "ObjectMeta.metadata.labels");
        Texts(shoot.At("metadata", "annotations"), "ObjectMeta.metadata.annotations");
        if (shoot.At("spec", "networking", "ipFamilies") is { } families && (families is not JsonArray list || list.Any(item => item?.GetValueKind() != JsonValueKind.String)))
        {
            throw Mismatch(families, "Networking.spec.networking.ipFamilies", "[]v1beta1.IPFamily");
        }

        if (shoot.At("spec", "provider", "workers") is { } workers && (workers is not JsonArray pools || pools.Any(item => item is not JsonObject)))
        {
            throw Mismatch(workers, "Provider.spec.provider.workers", "[]v1beta1.Worker");
        }

        foreach (var pool in shoot.Objects("spec", "provider", "workers"))
        {
            foreach (var field in new[] { "minimum", "maximum" })
            {
                if (pool[field] is { } number && (number.GetValueKind() != JsonValueKind.Number || pool.Number(field) is null))
                {
                    throw Mismatch(number, $"Worker.spec.provider.workers.{field}", "int32");
                }
            }

            foreach (var field in new[] { "maxSurge", "maxUnavailable" })
            {
                if (pool[field] is { } number && number.GetValueKind() is not JsonValueKind.String && pool.Number(field) is null)
                {
                    throw Mismatch(number, $"Worker.spec.provider.workers.{field}", "intstr.IntOrString");
                }
            }
        }

        foreach (var part in new[] { "metadata", "spec", "status" })
        {
            if (shoot[part] is { } node and not JsonObject)
            {
                throw Mismatch(node, $"Shoot.{part}", "object");
            }
        }
    }

    private static void Texts(JsonNode? map, string field)
    {
        if (map is not null and not JsonObject)
        {
            throw Mismatch(map, field, "map[string]string");
        }

        foreach (var (_, value) in map as JsonObject ?? [])
        {
            if (value is not null && value.GetValueKind() != JsonValueKind.String)
            {
                throw Mismatch(value, field, "string");
            }
        }
    }

    private static ApiError Mismatch(JsonNode node, string field, string type)
    {
        var found = node.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => "bool",
            JsonValueKind.Number => "number",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            _ => "object",
        };
        return ApiError.BadRequest($"json: cannot unmarshal {found} into Go struct field {field} of type {type}");
    }
}
