using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>
/// Server-side apply: whoever applies a field owns it, conflicts with other owners, and removes what it no longer applies. Lists are
/// owned as a whole. What is written in other ways belongs to nobody.
/// </summary>
internal static class ServerSideApply
{
    public static JsonObject Apply(JsonObject? present, JsonObject applied, string manager, bool force, DateTimeOffset now)
    {
        var target = present ?? (JsonObject)applied.DeepClone();
        var owned = Owned(applied);
        var leaves = Leaves(owned).ToDictionary(Key);
        if (target.At("metadata", "managedFields") is not JsonArray entries)
        {
            target.Child("metadata")["managedFields"] = entries = [];
        }

        var others = entries.OfType<JsonObject>().Where(entry => entry.Text("manager") != manager).ToList();
        Settle(target, applied, others, leaves, force);
        var mine = entries.OfType<JsonObject>().FirstOrDefault(entry => entry.Text("manager") == manager);
        var kept = others.SelectMany(entry => Leaves(entry["fieldsV1"])).Select(Key).Concat(leaves.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var dropped in Leaves(mine?["fieldsV1"]).Where(path => !kept.Contains(Key(path))))
        {
            (target.At(dropped.AsSpan()[..^1]) as JsonObject)?.Remove(dropped[^1]);
        }

        foreach (var path in leaves.Values)
        {
            target.Child(path.AsSpan()[..^1])[path[^1]] = applied.At(path)?.DeepClone();
        }

        if (mine is null || !JsonTree.Same(mine["fieldsV1"], owned))
        {
            entries.Remove(mine);
            entries.Add(new JsonObject
            {
                ["manager"] = manager,
                ["operation"] = "Apply",
                ["apiVersion"] = applied.Text("apiVersion"),
                ["time"] = KubeTime.Format(now),
                ["fieldsType"] = "FieldsV1",
                ["fieldsV1"] = owned,
            });
        }

        return target;
    }

    private static void Settle(JsonObject target, JsonObject applied, List<JsonObject> others, Dictionary<string, string[]> leaves, bool force)
    {
        var conflicts = new List<(string Manager, string Field)>();
        foreach (var other in others)
        {
            foreach (var path in Leaves(other["fieldsV1"]).Where(path => leaves.ContainsKey(Key(path)) && !JsonTree.Same(target.At(path), applied.At(path))).ToList())
            {
                conflicts.Add(($"\"{other.Text("manager")}\" using {other.Text("apiVersion")}", $".{string.Join('.', path)}"));
                Disown(other["fieldsV1"]!.AsObject(), path);
            }
        }

        if (conflicts.Count > 0 && !force)
        {
            var text = conflicts is [var only]
                ? $"Apply failed with 1 conflict: conflict with {only.Manager}: {only.Field}"
                : $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', conflicts.GroupBy(conflict => conflict.Manager).Select(group => $"conflicts with {group.Key}:\n{string.Join('\n', group.Select(item => $"- {item.Field}"))}"))}";
            throw new ApiError(409, "Conflict", text, new JsonObject
            {
                ["causes"] = new JsonArray([.. conflicts.Select(conflict => (JsonNode)new JsonObject
                {
                    ["reason"] = "FieldManagerConflict",
                    ["message"] = $"conflict with {conflict.Manager}",
                    ["field"] = conflict.Field,
                })]),
            });
        }
    }

    private static JsonObject Owned(JsonObject applied)
    {
        var owned = new JsonObject();
        foreach (var map in new[] { "annotations", "labels" })
        {
            if (applied.At("metadata", map) is { } texts)
            {
                owned.Child("f:metadata")[$"f:{map}"] = Fields(texts);
            }
        }

        if (applied["spec"] is { } spec)
        {
            owned["f:spec"] = Fields(spec);
        }

        return owned;
    }

    private static JsonObject Fields(JsonNode node)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in node is JsonObject item ? item : [])
        {
            if (value is not null)
            {
                fields["f:" + name] = Fields(value);
            }
        }

        return fields;
    }

    private static void Disown(JsonObject fields, ReadOnlySpan<string> path)
    {
        var step = $"f:{path[0]}";
        if (path.Length > 1 && fields[step] is JsonObject below)
        {
            Disown(below, path[1..]);
        }

        if (path.Length == 1 || fields[step] is JsonObject { Count: 0 })
        {
            fields.Remove(step);
        }
    }

    private static IEnumerable<string[]> Leaves(JsonNode? fields)
    {
        foreach (var (name, below) in fields as JsonObject ?? [])
        {
            var step = name["f:".Length..];
            if (below is not JsonObject { Count: > 0 })
            {
                yield return [step];
            }

            foreach (var path in Leaves(below))
            {
                yield return [step, .. path];
            }
        }
    }

    private static string Key(string[] path) => string.Join('\n', path);
}
