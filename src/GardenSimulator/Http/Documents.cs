using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Discovery and OpenAPI.</summary>
internal static class Documents
{
    public static (ApiAnswer Answer, string ContentType)? Find(HttpContext context, string path, IReadOnlyList<ResourceDefinition> catalog, string prefix)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (context.Request.Method != "GET")
        {
            return null;
        }

        var aggregated = context.Request.Headers.Accept.ToString().Contains("as=APIGroupDiscoveryList", StringComparison.Ordinal);
        JsonObject? document = segments switch
        {
            ["api"] => aggregated ? Discovery.Aggregated(catalog, core: true) : Discovery.Versions(context.Request.Host.Value ?? string.Empty),
            ["apis"] => aggregated ? Discovery.Aggregated(catalog, core: false) : Discovery.Groups(catalog),
            ["api", var version] => Discovery.Resources(catalog, string.Empty, version) ?? throw ApiError.UnknownPath(),
            ["apis", var group] => Discovery.Group(catalog, group) ?? throw ApiError.UnknownPath(),
            ["apis", var group, var version] => Discovery.Resources(catalog, group, version) ?? throw ApiError.UnknownPath(),
            ["openapi", "v3"] => OpenApi.Index(catalog, prefix),
            ["openapi", "v3", ..] => OpenApi.Document(catalog, string.Join('/', segments[2..])) ?? throw ApiError.UnknownPath(),
            _ => null,
        };
        return document is null ? null : (ApiAnswer.Of(200, document), aggregated && segments.Length == 1 ? Discovery.AggregatedType : "application/json");
    }
}
