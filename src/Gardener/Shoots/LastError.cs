namespace Dualstack.Gardener.Shoots;

/// <summary>One of a shoot's present errors.</summary>
/// <param name="Description">Gardener's words.</param>
/// <param name="Codes">Codes such as <c>ERR_INFRA_QUOTA_EXCEEDED</c>; empty if none was given.</param>
public sealed record LastError(string Description, IReadOnlyList<string> Codes);
