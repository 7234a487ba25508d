namespace Dualstack.Workflows;

/// <summary>What a person asks of a migration. It may come from anywhere as JSON, in which <c>null</c> stands for nothing.</summary>
public sealed record OperatorRequest
{
    /// <summary>Names the request; repeated with the same id it has no further effect.</summary>
    public string RequestId { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Who asks.</summary>
    public string By { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Why.</summary>
    public string Reason { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The worker pools that it is about; empty for all.</summary>
    public IReadOnlyList<string> Pools { get; init => field = value ?? []; } = [];
}
