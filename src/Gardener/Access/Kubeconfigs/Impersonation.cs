namespace Dualstack.Gardener.Access;

/// <summary>Whom requests are made as.</summary>
internal sealed record Impersonation(string User, string? Uid, string? Group, IReadOnlyDictionary<string, string> Extra)
{
    public void Apply(HttpRequestMessage request)
    {
        Set(request, "Impersonate-User", User);
        Set(request, "Impersonate-Group", Group);
        Set(request, "Impersonate-Uid", Uid);
        foreach (var (key, value) in Extra)
        {
            Set(request, $"Impersonate-Extra-{Uri.EscapeDataString(key)}", value);
        }
    }

    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
