using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>
/// Decides what a migration does next, from what it remembers alone. Every precondition of a write is checked here; the activity
/// checks it again against the version of the shoot that it writes to.
/// </summary>
/// <param name="request">The migration.</param>
public sealed partial class MigrationPlanner(ShootMigrationRequest request)
{
    private const int DecideAnewLimit = 3;
    private const int MarkLimit = 3;
    private static readonly TimeSpan OperationGrace = TimeSpan.FromHours(1);

    private readonly BlockedReasons reasons = new(request.Shoot);

    /// <summary>Decides.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="now">The time.</param>
    /// <returns>The next step.</returns>
    public NextStep Next(MigrationState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var step = Decide(state, now);
        return step is NextStep.Wait { For: not WaitingFor.Resume }
            && state is { PreflightPassed: true, SeenDual: true, Stuck: null, MarkTries: < MarkLimit, Observation.Marked: false }
                ? new NextStep.Write(WriteKind.Mark, "Mark the shoot so that the observer follows it")
                : step;
    }

    private NextStep Decide(MigrationState state, DateTimeOffset now) => state switch
    {
        { Ending: { } ending } => new NextStep.Finish(ending),
        // A write that the pause has stopped may stand on the shoot.
        { Paused: not null, PendingIntent: not null, LookNeeded: true, Stuck: null } => new NextStep.Look(),
        { Paused: { } pause } => new NextStep.Wait(
            WaitingFor.Resume, $"Paused by {pause.By}: {pause.Reason}", Timeout.InfiniteTimeSpan)
        {
            NextCommand = Commands.Resume(request.Shoot),
        },
        { Stuck: { } stuck } => Block(stuck),
        { PreflightPassed: false, Unready: { } why, LookNeeded: false, Observation: { } seen } =>
            WaitForGardener(state, seen, $"{why.TrimEnd('.')}; the migration goes on after that"),
        { PreflightPassed: false } => BeforePreflight(state),
        // Who has to count nodes anyway sees the shoot too.
        { LookNeeded: true, Stage: MigrationStage.Verify } or { LookNeeded: true, NodesNeeded: true, Stage: MigrationStage.RollNodes } =>
            new NextStep.CountNodes(),
        { Observation: null } or { LookNeeded: true } => new NextStep.Look(),
        { Observation: { } observation } => Obstacle(state, observation, now) ?? InStage(state, observation, now),
    };

    // What Gardener gave up on is tried again first, on request: the preflight looks at what came of it.
    private NextStep BeforePreflight(MigrationState state)
    {
        var isAsked = state.RetryFailedRun || state.Awaited is { Kind: WriteKind.RetryFailedRun };
        if (!isAsked || state.Observation is not { Deleting: false, HibernationEnabled: false, Ignored: false } observation
            || Obstacles.IsMovingSeeds(observation))
        {
            return new NextStep.Preflight();
        }

        return state.LookNeeded
            ? new NextStep.Look()
            : RunDecision.Of(observation, state.Awaited) switch
            {
                RunState.Failed when state.RetryFailedRun => RetryFailedRun(state, observation),
                RunState.Running when state.Awaited is { Kind: WriteKind.RetryFailedRun } => WaitForGardener(state, observation, "Gardener tries again what failed"),
                _ => new NextStep.Preflight(),
            };
    }

    private NextStep? Obstacle(MigrationState state, ShootObservation observation, DateTimeOffset now) => observation switch
    {
        { Deleting: true } => Finish(MigrationOutcome.NotApplicable, $"The shoot is being deleted; the migration ended in stage {state.Stage}."),
        { IpFamilies.Count: < 2, NodesConstraint: not null } when state.SeenDual => Block(reasons.WayBack()),
        { IpFamilies.Count: < 2 } when state.SeenDual => Finish(
            MigrationOutcome.Reverted, $"Somebody went back to one address family in stage {state.Stage}; the migration ends."),
        _ when Obstacles.IsMovingSeeds(observation) => WaitForGardener(state, observation, "The control plane is moving to another seed"),
        { HibernationEnabled: true } => Block(reasons.Hibernated()),
        { Hibernated: true } => WaitForGardener(state, observation, "The shoot is waking up"),
        { Ignored: true } => Block(reasons.Ignored()),
        _ when RunDecision.Of(observation, state.Awaited) == RunState.Failed => AfterFailure(state, observation, now),
        _ when state.NodesNeeded && StageDecision.DependsOnNodes(observation, state) => new NextStep.CountNodes(),
        _ => null,
    };

    private NextStep AfterFailure(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        if (state.RetryFailedRun)
        {
            return RetryFailedRun(state, observation);
        }

        return Obstacles.IsRateLimited(observation) && !Lasting.Exceeds(state, Lasting.Failed, request.Settings.RateLimitGrace, now)
            ? WaitForGardener(state, observation, "The cloud provider limits the rate; Gardener tries again by itself")
            : Block(reasons.Failed(observation));
    }

    // In the state Failed nothing takes an operation away but a person, and ours must not go over it.
    private NextStep RetryFailedRun(MigrationState state, ShootObservation observation) => observation.PendingOperation is { } operation
        ? Block(reasons.Foreign(operation))
        : Unsettled(state, observation) ?? (NextStep)new NextStep.Write(WriteKind.RetryFailedRun, "Ask Gardener to try again what failed");

    private NextStep InStage(MigrationState state, ShootObservation observation, DateTimeOffset now) => state.Stage switch
    {
        MigrationStage.Preflight or MigrationStage.UpdateNetworking => UpdateNetworking(state, observation, now),
        MigrationStage.ReconcileInfrastructure => AskForRun(
            state, observation, now,
            new NextStep.Write(WriteKind.InfrastructureRun, "Ask for a reconcile of the infrastructure, since none comes by itself") { Tasks = ["deployInfrastructure"] },
            "Gardener gives the infrastructure its second address family"),
        MigrationStage.UpdateControlPlane => AskForRun(
            state, observation, now,
            new NextStep.Write(WriteKind.ControlPlaneRun, "Ask for a reconcile, so that Gardener says where the nodes stand"),
            "Gardener updates the control plane"),
        MigrationStage.RollNodes => RollNodes(state, observation, now),
        MigrationStage.ConfigureCni => AskForRun(
            state, observation, now,
            new NextStep.Write(WriteKind.CniRun, "All nodes are dual-stack: ask for the reconcile that makes the pod network so"),
            "Gardener makes control plane and pod network dual-stack"),
        MigrationStage.RestartCoreDns => RestartCoreDns(state, observation, now),
        MigrationStage.SwitchKubeDns => AskForRun(
            state, observation, now,
            new NextStep.Write(WriteKind.KubeDnsRun, "CoreDNS is ready: ask for the reconcile that switches kube-dns"),
            "Gardener gives kube-dns its second address"),
        _ => Verify(state, observation, now),
    };

    private NextStep UpdateNetworking(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        var first = observation.IpFamilies is [var family, ..] ? family : "IPv4";
        return Hindrance(state, observation, now, "A run of Gardener's is going on; the change is made after it")
            ?? (NextStep)new NextStep.Write(WriteKind.IpFamilies, $"Ask for the second address family after {first}")
            {
                IpFamilies = AddressFamilies.Both(first),
            };
    }

    private NextStep AskForRun(MigrationState state, ShootObservation observation, DateTimeOffset now, NextStep.Write write, string meanwhile)
    {
        if (Hindrance(state, observation, now, meanwhile) is { } hindrance)
        {
            return hindrance;
        }

        return state.Reconciles >= request.Settings.ReconcilesPerStage
            ? Block(reasons.Exhausted(state.Stage, state.Reconciles, observation))
            : write;
    }

    // One write at a time, never into a run, never over somebody else's operation.
    private NextStep.Wait? Hindrance(MigrationState state, ShootObservation observation, DateTimeOffset now, string meanwhile)
    {
        if (RunDecision.Of(observation, state.Awaited) != RunState.Ended)
        {
            return WaitForGardener(state, observation, meanwhile);
        }

        if (observation.PendingOperation is { } operation)
        {
            return Lasting.Exceeds(state, Lasting.Operation, OperationGrace, now)
                ? Block(reasons.Foreign(operation))
                : WaitForGardener(state, observation, $"The operation {operation} waits on the shoot and goes first");
        }

        return Unsettled(state, observation);
    }

    private NextStep.Wait? Unsettled(MigrationState state, ShootObservation observation) => state switch
    {
        { DecidedAnew: < DecideAnewLimit } => null,
        // A reason that outlasts the shoot's rest would bring about the same writes again and again.
        { WhyAnew: { } why } => WaitForGardener(state, observation, $"The next write waits until it can be made: {why.TrimEnd('.')}") with
        {
            Background = BackgroundLook.None,
        },
        _ => WaitForGardener(state, observation, "The shoot keeps changing; the next write waits until it has settled"),
    };

    private NextStep.Wait WaitForGardener(MigrationState state, ShootObservation observation, string sentence) => new(
        WaitingFor.Gardener, $"{sentence}.", request.Settings.GardenerFallback)
    {
        Background = state.GardenerWatchExpired || Unrest.IsTold(observation, state) ? BackgroundLook.None : BackgroundLook.Gardener,
    };

    private NextStep.Wait Block(BlockedReason reason) => new(WaitingFor.Help, reason.Sentence, request.Settings.OperatorFallback)
    {
        Blocked = reason,
        NextCommand = reason.NextCommand,
    };

    private static NextStep.Finish Finish(MigrationOutcome outcome, string sentence) => new(new MigrationEnding(outcome, sentence));
}
