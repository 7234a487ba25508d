using System.Globalization;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>The stage in which nodes are replaced.</summary>
public sealed partial class MigrationPlanner
{
    private const string RolloutOperation = "rollout-workers=";

    private NextStep RollNodes(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        var run = RunDecision.Of(observation, state.Awaited);
        var nodes = EvidenceChanges.FreshNodes(state);
        if (state.NodesNeeded || (run == RunState.Ended && nodes is null))
        {
            return new NextStep.CountNodes();
        }

        nodes ??= state.Nodes;
        if (nodes is { Readable: true } && nodes.AllDual())
        {
            return AskForRun(
                state, observation, now,
                new NextStep.Write(WriteKind.NodeCheckRun, "All nodes are dual-stack: ask for the reconcile in which Gardener notices"),
                "All nodes are dual-stack; Gardener ends its run");
        }

        if (state.Rollout is { Step: RolloutStep.WithoutEffect })
        {
            return Block(reasons.WithoutEffect(nodes));
        }

        return AfterUnseenClaim(state, observation, now)
            ?? WhileRolling(state, observation, nodes)
            ?? (request.Rollout == RolloutMode.OnApproval ? OnApproval(state, observation, nodes, now) : ByHand(observation, nodes));
    }

    private NextStep? AfterUnseenClaim(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        if (state is not { Claim.State: ClaimState.CannotSee, ClaimActedOn: false })
        {
            return null;
        }

        return AskForRun(
            state, observation, now,
            new NextStep.Write(WriteKind.NodeCheckRun, "The nodes are said to be replaced and cannot be seen: ask Gardener to check them"),
            "Gardener checks the nodes");
    }

    private NextStep.Wait? WhileRolling(MigrationState state, ShootObservation observation, NodeObservation? nodes)
    {
        var asked = state.Rollout is { Step: RolloutStep.Requested or RolloutStep.Taken };
        var taken = observation.PendingRolloutCount > 0
            || observation.PendingOperation?.Contains(RolloutOperation, StringComparison.Ordinal) == true;
        // Nodes can also be replaced one by one, without any word in the garden.
        var underWay = state.Claim is { State: ClaimState.Missing } || nodes is { Readable: true, Done: > 0 };
        if (!asked && !taken && !(underWay && !state.NodesWatchExpired && request.Rollout == RolloutMode.Manual))
        {
            return null;
        }

        var isWatched = nodes is { Readable: true } && !state.NodesWatchExpired;
        var sentence = state.Rollout is { Step: RolloutStep.Requested } && !taken
            ? $"The rollout is asked for and Gardener has not taken it yet; {Sentences.Nodes(nodes)}."
            : $"Nodes are being replaced; {Sentences.Nodes(nodes)}.";
        return new NextStep.Wait(
            asked || taken ? WaitingFor.Nodes : WaitingFor.Operator,
            sentence,
            isWatched ? request.Settings.OperatorFallback : request.Settings.GardenerFallback)
        {
            Background = isWatched ? BackgroundLook.Nodes : BackgroundLook.None,
            NextCommand = asked || taken ? null : Commands.NodesDone(request.Shoot),
        };
    }

    private NextStep.Wait ByHand(ShootObservation observation, NodeObservation? nodes)
    {
        var missing = nodes is { Readable: true, Total: > 0 } ? $" ({Sentences.Missing(nodes with { SingleStackNodes = [] })})" : string.Empty;
        var how = observation.InPlacePoolCount > 0
            ? $"delete the nodes of the in-place pools {string.Join(", ", observation.InPlacePools)} one by one, and roll the others"
            : $"for example with: {Commands.Roll(request.Shoot, [])}";
        var sentence = nodes is { Readable: true, Total: 0 }
            ? "There are no nodes, and Gardener does not count that as migrated: scale a pool up."
            : $"{Capital(Sentences.Nodes(nodes))}{missing}. Replace the others in your maintenance window, {how}. The migration goes on when they are.";
        return new NextStep.Wait(WaitingFor.Operator, sentence, request.Settings.OperatorFallback) { NextCommand = Commands.NodesDone(request.Shoot) };
    }

    private NextStep OnApproval(MigrationState state, ShootObservation observation, NodeObservation? nodes, DateTimeOffset now)
    {
        if (state.Approval is not { } approval)
        {
            return new NextStep.Wait(
                WaitingFor.Approval,
                state.WhyNotApproved is { } why
                    ? $"The approval could not be acted on and is void: {why.TrimEnd('.')}. Approve again, with other pools."
                    : $"{Capital(Sentences.Nodes(nodes))}. Once approved, Gardener is asked to replace the others.",
                request.Settings.OperatorFallback)
            {
                NextCommand = Commands.Approve(request.Shoot),
            };
        }

        return Hindrance(state, observation, now, "A run of Gardener's is going on; nodes are replaced after it")
            ?? Unready(state, observation)
            ?? Unhealthy(state, observation, now, request.Settings.OperatorFallback)
            ?? (NextStep)new NextStep.Write(WriteKind.Rollout, $"Ask Gardener to replace the nodes, as approved by {approval.By}")
            {
                Pools = PoolsToRoll(approval, nodes),
            };
    }

    private NextStep.Wait? Unready(MigrationState state, ShootObservation observation)
    {
        if (Obstacles.RollsOneZoneOnly(observation))
        {
            return Block(reasons.OneZoneOnly(observation));
        }

        // Its end comes with a new generation, of which the observer tells.
        return Obstacles.UnderWay(observation) is var (_, clause, _)
            ? WaitForGardener(state, observation, $"{clause}; nodes are replaced after it") with { Background = BackgroundLook.None }
            : null;
    }

    // Conditions read Progressing for about a minute after each run; only what lasts is held against the shoot.
    private NextStep.Wait? Unhealthy(MigrationState state, ShootObservation observation, DateTimeOffset now, TimeSpan patience)
    {
        var unhealthy = Obstacles.NewlyUnhealthy(observation, state.UnhealthyBefore);
        if (unhealthy.Count == 0)
        {
            return null;
        }

        return Lasting.Exceeds(state, Lasting.Unhealthy, request.Settings.HealthGrace, now)
            ? Block(reasons.Unhealthy(observation))
            : new NextStep.Wait(
                WaitingFor.Gardener,
                string.Create(CultureInfo.InvariantCulture, $"Health has to settle: {string.Join(", ", unhealthy)}."),
                patience)
            {
                Background = BackgroundLook.Health,
            };
    }

    // Pools that are done already are left alone, where the list shows all that are not.
    private static IReadOnlyList<string> PoolsToRoll(OperatorRequest approval, NodeObservation? nodes) =>
        approval.Pools.Count > 0 || nodes is not { Readable: true, PoolsDone: > 0 } || !nodes.ListsAllBehind()
            ? approval.Pools
            : [.. nodes.Behind([]).Where(pool => pool.Pool.Length > 0).Select(pool => pool.Pool)];

    private static string Capital(string clause) => string.Concat(clause[..1].ToUpperInvariant(), clause.AsSpan(1));
}
