namespace k8s.Autorest;

public abstract class HttpMessageWrapper
{
    private protected HttpMessageWrapper()
    {
    }

    public string Content { get; set; }

    public IDictionary<string, IEnumerable<string>> Headers { get; } = new Dictionary<string, IEnumerable<string>>(StringComparer.OrdinalIgnoreCase);

    private protected void Take(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers)
    {
        // A bearer token has no place in what ends up in logs.
        foreach (var (name, values) in headers.Where(h => !h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)))
        {
            Headers[name] = values.ToArray();
        }
    }
}
