using System.CommandLine;
using System.CommandLine.Parsing;

namespace Dualstack.Starter.Cli;

/// <summary>Options that take one of a few words. Their numbers are nobody's business.</summary>
internal static class Choice
{
    public static Option<T> Of<T>(string description, string name, params string[] aliases)
        where T : struct, Enum => new(name, aliases) { Description = description, CustomParser = Parse<T> };

    public static Option<T?> Optional<T>(string description, string name)
        where T : struct, Enum => new(name) { Description = description, CustomParser = result => Parse<T>(result), HelpName = Words<T>("|") };

    private static T Parse<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var word = result.Tokens[0].Value;
        if (Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, word, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        result.AddError($"\"{word}\" cannot be chosen here; write one of {Words<T>(", ")}.");
        return default;
    }

    private static string Words<T>(string separator)
        where T : struct, Enum => string.Join(separator, Enum.GetNames<T>());
}
