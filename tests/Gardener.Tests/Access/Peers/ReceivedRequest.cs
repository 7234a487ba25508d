namespace Dualstack.Gardener.Tests.Access;

/// <summary>A request as a peer saw it.</summary>
internal sealed record ReceivedRequest(
    string Method, string Target, string Protocol, IReadOnlyDictionary<string, string[]> Headers, string Body, string? ClientName)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? string.Join(",", values) : null;
}
