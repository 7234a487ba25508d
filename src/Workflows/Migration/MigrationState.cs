using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows;

/// <summary>
/// What a migration remembers and carries from run to run. The stage is not decided from it but from evidence; what it holds
/// cannot be read off a shoot: intents, receipts, approvals, counters, and how things were at the start.
/// </summary>
public sealed record MigrationState
{
    /// <summary>The pinned uid; null before the first look.</summary>
    public string? Uid { get; init; }

    /// <summary>When the migration began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The stage as last decided.</summary>
    public MigrationStage Stage { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset StageSince { get; init; }

    /// <summary>The newest observation; null before the first.</summary>
    public ShootObservation? Observation { get; init; }

    /// <summary>Whether the shoot has to be read before anything is decided.</summary>
    public bool LookNeeded { get; init; }

    /// <summary>The newest count of nodes; null before the first.</summary>
    public NodeObservation? Nodes { get; init; }

    /// <summary>The observed generation of the shoot when the nodes were counted.</summary>
    public long NodesGeneration { get; init; }

    /// <summary>Whether Gardener was at rest when the nodes were counted; a count in the middle of a run says nothing about its end.</summary>
    public bool NodesAtRest { get; init; }

    /// <summary>Whether the nodes have to be counted before anything is decided about them.</summary>
    public bool NodesNeeded { get; init; }

    /// <summary>What made it too early for the preflight's verdict and passes by itself, one sentence; null if nothing did.</summary>
    public string? Unready { get; init; }

    /// <summary>The observed generation with which Gardener was last seen at rest; null if it never was.</summary>
    public long? RestedGeneration { get; init; }

    /// <summary>Whether looking at Gardener's work again and again was given up until there is news.</summary>
    public bool GardenerWatchExpired { get; init; }

    /// <summary>Whether the preflight was passed.</summary>
    public bool PreflightPassed { get; init; }

    /// <summary>Health conditions that were not True at the preflight; they are not held against the migration.</summary>
    public IReadOnlyList<string> UnhealthyBefore { get; init; } = [];

    /// <summary>Whether the shoot was ever seen with two families.</summary>
    public bool SeenDual { get; init; }

    /// <summary>Whether Gardener was ever seen to wait for nodes.</summary>
    public bool SeenNodesConstraint { get; init; }

    /// <summary>Whether Gardener was ever seen to wait for the cluster DNS.</summary>
    public bool SeenDnsConstraint { get; init; }

    /// <summary>The DNS constraint when Gardener was last seen at rest; null if there was none.</summary>
    public ConstraintObservation? DnsAtRest { get; init; }

    /// <summary>Whether the replacement of the nodes was ever reached.</summary>
    public bool ReachedNodes { get; init; }

    /// <summary>Whether nodes that nobody could look at were taken to be replaced on a person's word.</summary>
    public bool NodesTrusted { get; init; }

    /// <summary>Whether looking at the nodes again and again was given up until there is news.</summary>
    public bool NodesWatchExpired { get; init; }

    /// <summary>How often our label was set in vain.</summary>
    public int MarkTries { get; init; }

    /// <summary>How many intents there were; numbers them.</summary>
    public int Intents { get; init; }

    /// <summary>The decision whose write has not been answered; null if there is none.</summary>
    public WriteIntent? PendingIntent { get; init; }

    /// <summary>The pools of <see cref="PendingIntent"/>, if it is a rollout.</summary>
    public IReadOnlyList<string> PendingPools { get; init; } = [];

    /// <summary>The newest write that the shoot carries; null before the first.</summary>
    public AwaitedRun? Awaited { get; init; }

    /// <summary>How many writes in a row found the shoot changed.</summary>
    public int DecidedAnew { get; init; }

    /// <summary>Why the newest write was not made; null if it was, or nobody said.</summary>
    public string? WhyAnew { get; init; }

    /// <summary>How many runs were asked for in the present stage.</summary>
    public int Reconciles { get; init; }

    /// <summary>Whether the run that ends the control plane's part was asked for.</summary>
    public bool ControlPlaneRunAsked { get; init; }

    /// <summary>Whether CoreDNS pods were seen dual-stack, or given their time, since the last run in this stage.</summary>
    public bool CoreDnsAwaited { get; init; }

    /// <summary>Whether a run that restarts CoreDNS was asked for.</summary>
    public bool CoreDnsRunAsked { get; init; }

    /// <summary>The receipt of the rollout that the driver asked for; null if it asked for none.</summary>
    public RolloutReceipt? Rollout { get; init; }

    /// <summary>When the newest node was created before the rollout was asked for.</summary>
    public DateTimeOffset? NewestNodeBefore { get; init; }

    /// <summary>The approval that has not been used; null if there is none.</summary>
    public OperatorRequest? Approval { get; init; }

    /// <summary>Why the newest approval could not be acted on and was dropped; null if it was not.</summary>
    public string? WhyNotApproved { get; init; }

    /// <summary>The approval that <see cref="Rollout"/> came of; it holds again if that one gets lost.</summary>
    public OperatorRequest? RolloutApproval { get; init; }

    /// <summary>The newest claim that nodes were replaced; null if there was none.</summary>
    public ClaimVerdict? Claim { get; init; }

    /// <summary>Whether Gardener was asked to look at the nodes for the claim's sake.</summary>
    public bool ClaimActedOn { get; init; }

    /// <summary>Who paused it; null if it is not paused.</summary>
    public OperatorRequest? Paused { get; init; }

    /// <summary>What blocks it until somebody asks to try again, or the long timer fires; null if nothing does.</summary>
    public BlockedReason? Stuck { get; init; }

    /// <summary>What keeps the garden from being asked, although it is tried all the time; null if nothing does.</summary>
    public BlockedReason? Hindered { get; init; }

    /// <summary>Whether somebody asked to try again and Gardener has to be asked to leave the state Failed.</summary>
    public bool RetryFailedRun { get; init; }

    /// <summary>Who cancels and why; null if nobody said.</summary>
    public OperatorRequest? CancelReason { get; init; }

    /// <summary>Whether it is being cancelled and only takes its marks off.</summary>
    public bool Leaving { get; init; }

    /// <summary>Ids of requests that were recorded, the newest last, at most 200.</summary>
    public IReadOnlyList<string> SeenRequests { get; init; } = [];

    /// <summary>Since when what lasts has lasted, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Since { get; init; } = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>What could not be looked at, a sentence each.</summary>
    public IReadOnlyList<string> Waivers { get; init; } = [];

    /// <summary>When something new about the shoot was last learnt.</summary>
    public DateTimeOffset NewsAt { get; init; }

    /// <summary>With which patience the fallback timer was set; null if none runs.</summary>
    public string? WakeFor { get; init; }

    /// <summary>How many looks in a row the fallback timer has brought about in vain; each doubles its patience.</summary>
    public int QuietLooks { get; init; }

    /// <summary>When it fires.</summary>
    public DateTimeOffset WakeAt { get; init; }

    /// <summary>Whom or what it waits for.</summary>
    public WaitingFor WaitingFor { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset WaitingSince { get; init; }

    /// <summary>One sentence on where it stands.</summary>
    public string Sentence { get; init; } = "The migration begins.";

    /// <summary>The command that makes it go on; null if nobody needs to do anything.</summary>
    public string? NextCommand { get; init; }

    /// <summary>What blocks it now; null if nothing does.</summary>
    public BlockedReason? Blocked { get; init; }

    /// <summary>How it ends; null while it goes on.</summary>
    public MigrationEnding? Ending { get; init; }
}
