namespace Dualstack.Gardener.Access;

/// <summary>Whom requests are made as.</summary>
internal sealed record Impersonation(
    string User, string? Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    public void Apply(HttpRequestMessage request)
    {
        Set(request, "Impersonate-User", [User]);
        Set(request, "Impersonate-Group", Groups);
        if (Uid is not null)
        {
            Set(request, "Impersonate-Uid", [Uid]);
        }

        foreach (var (key, values) in Extra)
        {
            Set(request, $"Impersonate-Extra-{Uri.EscapeDataString(key)}", values);
        }
    }

    private static void Set(HttpRequestMessage request, string name, IReadOnlyList<string> values)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, values);
    }
}
