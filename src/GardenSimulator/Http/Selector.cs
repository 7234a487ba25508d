using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>A label selector and a field selector together.</summary>
internal sealed class Selector
{
    private readonly List<Requirement> labels;
    private readonly List<Requirement> fields;

    private Selector(List<Requirement> labels, List<Requirement> fields)
    {
        this.labels = labels;
        this.fields = fields;
    }

    public static Selector Everything { get; } = new([], []);

    public bool IsEmpty => labels.Count == 0 && fields.Count == 0;

    /// <summary>Labels that every match has with exactly this value.</summary>
    public IEnumerable<(string Key, string Value)> RequiredLabels =>
        labels.Where(item => item.Kind == RequirementKind.In && item.Values.Count == 1).Select(item => (item.Key, item.Values[0]));

    public static Selector Parse(string? labels, string? fields) => new(Split(labels), Split(fields));

    public bool Matches(ShootEntry entry)
    {
        foreach (var field in fields)
        {
            if (!entry.Fields.ContainsKey(field.Key))
            {
                throw ApiError.BadRequest($"field label not supported: {field.Key}");
            }
        }

        return Matches(entry.Labels, entry.Fields);
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> fields) =>
        this.labels.TrueForAll(item => item.Holds(labels)) && this.fields.TrueForAll(item => item.Holds(fields));

    private static List<Requirement> Split(string? text)
    {
        var parts = new List<Requirement>();
        if (string.IsNullOrWhiteSpace(text))
        {
            return parts;
        }

        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (i > start)
                {
                    parts.Add(Requirement.Parse(text[start..i].Trim()));
                }

                start = i + 1;
            }
            else if (text[i] == '(')
            {
                depth++;
            }
            else if (text[i] == ')')
            {
                depth--;
            }
        }

        return parts;
    }

    private enum RequirementKind
    {
        In,
        NotIn,
        Exists,
        Missing,
    }

    private sealed record Requirement(string Key, RequirementKind Kind, List<string> Values)
    {
        public static Requirement Parse(string text)
        {
            if (text.Split([" in ", " notin "], 2, StringSplitOptions.TrimEntries) is [var key, ['(', .., ')'] set])
            {
                return new(key, text.Contains(" notin ", StringComparison.Ordinal) ? RequirementKind.NotIn : RequirementKind.In, [.. set[1..^1].Split(',', StringSplitOptions.TrimEntries)]);
            }

            foreach (var (sign, kind) in new[] { ("!=", RequirementKind.NotIn), ("==", RequirementKind.In), ("=", RequirementKind.In) })
            {
                var position = text.IndexOf(sign, StringComparison.Ordinal);
                if (position > 0)
                {
                    return new(text[..position].Trim(), kind, [text[(position + sign.Length)..].Trim()]);
                }
            }

            if (text.Contains(' ', StringComparison.Ordinal) || text.Length == 0)
            {
                throw ApiError.BadRequest($"unable to parse requirement: {text}");
            }

            return text[0] == '!' ? new(text[1..], RequirementKind.Missing, []) : new(text, RequirementKind.Exists, []);
        }

        public bool Holds(IReadOnlyDictionary<string, string> values)
        {
            var present = values.TryGetValue(Key, out var value);
            return Kind switch
            {
                RequirementKind.In => present && Values.Contains(value!),
                RequirementKind.NotIn => !present || !Values.Contains(value!),
                RequirementKind.Exists => present,
                _ => !present,
            };
        }
    }
}
