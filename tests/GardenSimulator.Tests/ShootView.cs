using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>What tests look at in a shoot.</summary>
internal static class ShootView
{
    public static long Generation(this JsonNode shoot) => shoot["metadata"]!["generation"]!.GetValue<long>();

    public static string? Operation(this JsonNode shoot) => (string?)shoot["metadata"]!["annotations"]?["gardener.cloud/operation"];

    public static string? Tasks(this JsonNode shoot) => (string?)shoot["metadata"]!["annotations"]?["shoot.gardener.cloud/tasks"];

    public static string? State(this JsonNode shoot) => (string?)shoot["status"]!["lastOperation"]!["state"];

    public static string? Nodes(this JsonNode shoot) => Constraint(shoot, "DualStackNodesMigrationReady");

    public static string? Dns(this JsonNode shoot) => Constraint(shoot, "DNSServiceMigrationReady");

    public static string? Condition(this JsonNode shoot, string type) => (string?)Typed(shoot["status"]!["conditions"], type)?["status"];

    public static List<string> Texts(this JsonNode? node) => [.. node!.AsArray().Select(item => (string)item!)];

    public static JsonNode? Typed(JsonNode? list, string type) => list?.AsArray().FirstOrDefault(item => (string?)item!["type"] == type);

    public static JsonNode? NodesConstraint(this JsonNode shoot) => Typed(shoot["status"]!["constraints"], "DualStackNodesMigrationReady");

    private static string? Constraint(JsonNode shoot, string type) => (string?)Typed(shoot["status"]!["constraints"], type)?["status"];
}
