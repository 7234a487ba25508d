namespace Dualstack.Workflows;

/// <summary>What a person asks of a migration.</summary>
public sealed record OperatorRequest
{
    /// <summary>Names the request; repeated with the same id it has no further effect.</summary>
    public string RequestId { get; init; } = string.Empty;

    /// <summary>Who asks.</summary>
    public string By { get; init; } = string.Empty;

    /// <summary>Why.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The worker pools that it is about; empty for all.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];
}
