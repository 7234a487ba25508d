namespace Dualstack.Workflows.Evidence;

/// <summary>
/// What one read of a Shoot shows about its migration, in at most 4 KiB also for 200 pools. Lists are cut where noted; the counts
/// beside them are not.
/// </summary>
public sealed record ShootObservation
{
    /// <summary>How many entries a cut list has at most.</summary>
    public const int ListLimit = 20;

    /// <summary>How many characters a cut text has at most.</summary>
    public const int TextLimit = 300;

    /// <summary>The version of the object that was read.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>The server's clock at the read; null if unknown, as in watch events. All other times are compared with this one only.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>The object's uid.</summary>
    public required string Uid { get; init; }

    /// <summary>Its generation.</summary>
    public long Generation { get; init; }

    /// <summary>The generation with which Gardener's newest run began; 0 before the first.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>The families asked for, in order of preference: <c>IPv4</c>, <c>IPv6</c>.</summary>
    public IReadOnlyList<string> IpFamilies { get; init; } = [];

    /// <summary>The provider type, such as <c>aws</c>.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The pod network, such as <c>calico</c>; null for none.</summary>
    public string? NetworkingType { get; init; }

    /// <summary>Whether the pod network uses an overlay.</summary>
    public OverlaySetting Overlay { get; init; }

    /// <summary>Whether the shoot has no worker pools at all.</summary>
    public bool Workerless { get; init; }

    /// <summary>Whether the shoot is meant to sleep.</summary>
    public bool HibernationEnabled { get; init; }

    /// <summary>Whether the shoot sleeps in fact.</summary>
    public bool Hibernated { get; init; }

    /// <summary>Whether the shoot is being deleted.</summary>
    public bool Deleting { get; init; }

    /// <summary>Whether an annotation keeps Gardener away from the shoot.</summary>
    public bool Ignored { get; init; }

    /// <summary>The seed the control plane is meant to be on.</summary>
    public string? SeedName { get; init; }

    /// <summary>The seed the control plane is on.</summary>
    public string? StatusSeedName { get; init; }

    /// <summary>The version of Gardener that last worked on the shoot, such as <c>v1.149.3</c>; null before the first run.</summary>
    public string? GardenerVersion { get; init; }

    /// <summary>Whether changes of the spec wait for the maintenance window.</summary>
    public bool Confined { get; init; }

    /// <summary>Gardener's newest run; null before the first.</summary>
    public RunObservation? LastOperation { get; init; }

    /// <summary>Codes of present errors, at most 20.</summary>
    public IReadOnlyList<string> ErrorCodes { get; init; } = [];

    /// <summary>The first present error, cut; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>When the present cycle of retries began; null outside of one.</summary>
    public DateTimeOffset? RetryCycleStartTime { get; init; }

    /// <summary>How many node ranges <c>status.networking</c> lists.</summary>
    public int NodeRanges { get; init; }

    /// <summary>How many pod ranges it lists.</summary>
    public int PodRanges { get; init; }

    /// <summary>How many service ranges it lists.</summary>
    public int ServiceRanges { get; init; }

    /// <summary>The constraint <c>DualStackNodesMigrationReady</c>; null if absent.</summary>
    public ConstraintObservation? NodesConstraint { get; init; }

    /// <summary>The constraint <c>DNSServiceMigrationReady</c>; null if absent.</summary>
    public ConstraintObservation? DnsConstraint { get; init; }

    /// <summary>The operation that waits on the shoot; null for none.</summary>
    public string? PendingOperation { get; init; }

    /// <summary>One-shot tasks of the next run, at most 20.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>The intent id of our newest write; null for none.</summary>
    public string? IntentId { get; init; }

    /// <summary>Whether our label is on the shoot.</summary>
    public bool Marked { get; init; }

    /// <summary>Rollouts of pools that Gardener has taken on, at most 20.</summary>
    public IReadOnlyList<PendingRolloutObservation> PendingRollouts { get; init; } = [];

    /// <summary>How many there are.</summary>
    public int PendingRolloutCount { get; init; }

    /// <summary>When the newest of them was taken on; null for none.</summary>
    public DateTimeOffset? NewestRolloutAt { get; init; }

    /// <summary>How many worker pools the shoot has.</summary>
    public int PoolCount { get; init; }

    /// <summary>Names of worker pools, at most 20.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>A hash over the worker pools' specification, at most 64 characters.</summary>
    public string? WorkersHash { get; init; }

    /// <summary>Pools that are updated in place, at most 20.</summary>
    public IReadOnlyList<string> InPlacePools { get; init; } = [];

    /// <summary>How many there are.</summary>
    public int InPlacePoolCount { get; init; }

    /// <summary>How many pools are spread over several zones.</summary>
    public int MultiZonePoolCount { get; init; }

    /// <summary>How many pools have an update in place that has not ended.</summary>
    public int InPlaceUpdateCount { get; init; }

    /// <summary>Rotations of credentials that are neither prepared nor completed, at most 20.</summary>
    public IReadOnlyList<RotationObservation> Rotations { get; init; } = [];

    /// <summary>Health conditions that are not True, at most 20.</summary>
    public IReadOnlyList<ConstraintObservation> ConditionsNotTrue { get; init; } = [];
}
