using System.Globalization;
using System.Text;

namespace k8s;

/// <summary>One call: method, path under the server's base address, query, body. Paths are not escaped, as in the official client.</summary>
internal sealed class ApiRequest
{
    private readonly StringBuilder uri;
    private bool hasQuery;

    private ApiRequest(HttpMethod method, string path, IReadOnlyDictionary<string, IReadOnlyList<string>> headers)
    {
        Method = method;
        Headers = headers;
        // The core group has no name and lives under another root.
        uri = new StringBuilder(path.StartsWith("apis//", StringComparison.Ordinal) ? "api/" + path[6..] : path);
    }

    public HttpMethod Method { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; }

    public object Body { get; private init; }

    public bool IsWatch { get; private set; }

    public string RelativeUri => uri.ToString();

    public static ApiRequest Get(string path, IReadOnlyDictionary<string, IReadOnlyList<string>> headers) => new(HttpMethod.Get, path, headers);

    public static ApiRequest Post(string path, object body, IReadOnlyDictionary<string, IReadOnlyList<string>> headers) =>
        new(HttpMethod.Post, path, headers) { Body = body };

    public static ApiRequest Patch(string path, object body, IReadOnlyDictionary<string, IReadOnlyList<string>> headers) =>
        new(HttpMethod.Patch, path, headers) { Body = body };

    public ApiRequest Query(string name, string value)
    {
        if (value is not null)
        {
            uri.Append(hasQuery ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            hasQuery = true;
        }

        return this;
    }

    public ApiRequest Query(string name, bool? value) => Query(name, value is { } flag ? (flag ? "true" : "false") : null);

    public ApiRequest Query(string name, int? value) => Query(name, value?.ToString(CultureInfo.InvariantCulture));

    public ApiRequest Watch(bool? watch)
    {
        IsWatch = watch == true;
        return Query("watch", IsWatch);
    }
}
