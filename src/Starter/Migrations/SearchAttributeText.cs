using Temporalio.Common;

namespace Dualstack.Starter.Migrations;

internal static class SearchAttributeText
{
    public static string? TextOf(this SearchAttributeCollection attributes, SearchAttributeKey<string> key) =>
        attributes.TryGetValue(key, out var text) ? text : null;
}
