using System.Text.RegularExpressions;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>A list of public types and members as text, in a form that can be compared: no modifiers, no names of parameters, no annotations for null.</summary>
internal static partial class ApiText
{
    /// <summary>Types by full name, each with its members.</summary>
    internal static Dictionary<string, HashSet<string>> Parse(IEnumerable<string> lines)
    {
        var types = new Dictionary<string, HashSet<string>>();
        var space = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("#### ", StringComparison.Ordinal))
            {
                space = line[5..];
                continue;
            }

            var end = line.IndexOf('`', line.IndexOf('`', StringComparison.Ordinal) + 1);
            var head = line[(line.IndexOf('`', StringComparison.Ordinal) + 1)..end];
            var members = end + 1 < line.Length ? line[(end + 1)..].TrimStart(':', ' ') : "";
            var name = TypeName().Match(head).Groups[2].Value;
            types[$"{space}.{Plain(name)}"] = head.Contains("enum ", StringComparison.Ordinal)
                ? [.. head[(head.IndexOf('{', StringComparison.Ordinal) + 1)..].TrimEnd('}', ' ').Split(", ").Select(value => value.Trim())]
                : [.. Split(members, ';').SelectMany(member => Members(member, head.Contains("record ", StringComparison.Ordinal)))];
        }

        return types;
    }

    internal static string Plain(string text) => Spaces().Replace(text.Replace("?", "", StringComparison.Ordinal), " ")
        .Replace("IReadOnlyCollection<object>", "Args", StringComparison.Ordinal).Trim();

    private static IEnumerable<string> Members(string text, bool isRecord)
    {
        var member = Where().Replace(Modifiers().Replace(text.Trim(), ""), "");
        if (member.Length == 0)
        {
            yield break;
        }

        var brace = member.IndexOf('{', StringComparison.Ordinal);
        var open = member.IndexOf('(', StringComparison.Ordinal);
        if (brace >= 0 && (open < 0 || brace < open))
        {
            yield return Plain(member[..brace]);
            yield break;
        }

        if (open < 0)
        {
            yield return Plain(member.Split('=')[0]);
            yield break;
        }

        var parameters = Split(member[(open + 1)..member.LastIndexOf(')')], ',').Select(p => p.Split('=')[0].Trim()).Where(p => p.Length > 0).ToList();
        if (member.Contains(" op_", StringComparison.Ordinal) || Ordinary().IsMatch(member))
        {
            yield break;
        }

        yield return $"{Plain(member[..open])}({string.Join(", ", parameters.Select(p => Plain(p[..p.LastIndexOf(' ')]).Replace("params ", "", StringComparison.Ordinal)))})";
        if (isRecord && member.StartsWith(".ctor", StringComparison.Ordinal))
        {
            // The parameters of a record's primary constructor are properties.
            foreach (var property in parameters.Where(p => char.IsUpper(p[p.LastIndexOf(' ') + 1])))
            {
                yield return Plain(property);
            }
        }
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '<' or '(' or '{' or '[' ? 1 : text[i] is '>' or ')' or '}' or ']' ? -1 : 0;
            if (text[i] == separator && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    [GeneratedRegex(@"\b(class|record|interface|enum|struct) ([\w.]+(<[^>:]*>)?)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^((static|virtual|override|abstract|protected|sealed|readonly|internal|event|const|new|\[Obsolete\]) )+")]
    private static partial Regex Modifiers();

    [GeneratedRegex(@" (Equals|GetHashCode|ToString)\(")]
    private static partial Regex Ordinary();

    [GeneratedRegex(@" where .*$")]
    private static partial Regex Where();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
