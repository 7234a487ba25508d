using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

internal static class Families
{
    public const string IPv4 = "IPv4";
    public const string IPv6 = "IPv6";

    public static List<string> Of(JsonNode? shoot)
    {
        var families = shoot.Texts("spec", "networking", "ipFamilies");
        return families.Count == 0 ? [IPv4] : families;
    }

    public static bool Dual(JsonNode? shoot) => Of(shoot).Count == 2;

    public static bool Workerless(JsonNode? shoot) => !shoot.Objects("spec", "provider", "workers").Any();

    /// <summary>Go's way to print a list of strings.</summary>
    public static string Show(IEnumerable<string> families) => $"[{string.Join(' ', families)}]";
}
