namespace Dualstack.GardenSimulator.Http;

/// <summary>A request for a resource, taken apart.</summary>
internal sealed class ApiRequest
{
    private readonly IQueryCollection query;

    private ApiRequest(HttpContext context, string path, string[] segments)
    {
        query = context.Request.Query;
        Path = path;
        Method = context.Request.Method;
        Accept = context.Request.Headers.Accept.ToString();
        ContentType = context.Request.ContentType;
        var rest = segments.AsSpan(segments[0] == "api" ? 2 : 3);
        Group = segments[0] == "api" ? string.Empty : segments[1];
        Version = segments[0] == "api" ? segments[1] : segments[2];
        if (rest.Length >= 3 && rest[0] == "namespaces" && rest[2] is not ("status" or "finalize"))
        {
            Namespace = rest[1];
            rest = rest[2..];
        }

        Resource = rest[0];
        Name = rest.Length > 1 ? rest[1] : null;
        Subresource = rest.Length > 2 ? rest[2] : null;
        if (Resource == "namespaces" && Name is not null)
        {
            Namespace = Name;
        }
    }

    public string Path { get; }

    public string Method { get; }

    public string Accept { get; }

    public string? ContentType { get; }

    public string Group { get; }

    public string Version { get; }

    public string? Namespace { get; }

    public string Resource { get; }

    public string? Name { get; }

    public string? Subresource { get; }

    public string FullResource => Subresource is null ? Resource : $"{Resource}/{Subresource}";

    public string Verb => Method switch
    {
        "GET" when IsWatch => "watch",
        "GET" => Name is null ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => Name is null ? "deletecollection" : "delete",
        _ => throw ApiError.MethodNotAllowed(),
    };

    public bool IsWatch => Method == "GET" && Query("watch") is "true" or "1";

    public bool IsWrite => Method is "POST" or "PUT" or "PATCH" or "DELETE";

    public bool WantsTable => Accept.Contains("as=Table", StringComparison.OrdinalIgnoreCase);

    public Selector Selector => Selector.Parse(Query("labelSelector"), Query("fieldSelector"));

    public string MediaType => (ContentType ?? string.Empty).Split(';')[0].Trim().ToLowerInvariant();

    public static ApiRequest? Parse(HttpContext context, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var least = segments is ["api", ..] ? 3 : segments is ["apis", ..] ? 4 : int.MaxValue;
        return segments.Length < least ? null : new ApiRequest(context, path, segments);
    }

    public string? Query(string name) => query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    public bool QueryFlag(string name) => Query(name) is "true" or "1";
}
