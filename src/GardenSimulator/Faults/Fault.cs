namespace Dualstack.GardenSimulator.Faults;

/// <summary>One thing that is to go wrong, for whom, and how often.</summary>
internal sealed record Fault
{
    public long Id { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>Only in this namespace; null: any.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only for this shoot; null: any.</summary>
    public string? Shoot { get; init; }

    /// <summary>Only requests with this verb (get, list, watch, create, update, patch, delete); null: any that fits the kind.</summary>
    public string? Verb { get; init; }

    /// <summary>Only requests for this resource, e.g. <c>shoots</c> or <c>shoots/viewerkubeconfig</c>; null: any.</summary>
    public string? Resource { get; init; }

    /// <summary>Only requests whose body contains this text; null: any.</summary>
    public string? BodyContains { get; init; }

    /// <summary>How often it strikes; 0: until it is deleted.</summary>
    public int Times { get; init; } = 1;

    public int? Code { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public string? Message { get; init; }

    public string? Webhook { get; init; }

    /// <summary>Error or Failed.</summary>
    public string? State { get; init; }

    /// <summary>A code of lastErrors, e.g. ERR_INFRA_QUOTA_EXCEEDED.</summary>
    public string? ErrorCode { get; init; }

    public string? Pool { get; init; }

    /// <summary>How often it has struck.</summary>
    public int Struck { get; init; }
}
