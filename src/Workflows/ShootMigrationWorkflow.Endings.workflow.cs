using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Workflows;

/// <summary>How a migration ends, and what it shows of itself.</summary>
public sealed partial class ShootMigrationWorkflow
{
    private bool HasMarks => state is { Uid: not null } and ({ Intents: > 0 } or { Observation.Marked: true });

    private async Task<ShootMigrationResult> EndAsync(MigrationEnding ending)
    {
        IReadOnlyList<string> waivers = ending.Outcome == MigrationOutcome.SucceededWithWaivers ? [ending.Sentence] : [];
        state = state with { Waivers = waivers };
        if (HasMarks)
        {
            var release = await ReleaseAsync(withdraw: ending.Outcome is not (MigrationOutcome.Succeeded or MigrationOutcome.SucceededWithWaivers));
            if (release.Failure is { } failure)
            {
                state = state with { Waivers = [.. waivers, Leftovers.Of(request.Shoot, state, failure)] };
            }
        }

        state = WaitChanges.Ends(state, ending);
        Publish();
        // A cancellation that comes now comes too late.
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished, CancellationToken.None);
        return new ShootMigrationResult
        {
            Shoot = request.Shoot,
            Outcome = ending.Outcome,
            Sentence = ending.Sentence,
            Stage = state.Stage,
            Waivers = state.Waivers,
            StartedAt = state.StartedAt,
            EndedAt = Now,
        };
    }

    // Runs after a cancellation, so nothing in it may depend on the workflow's own token.
    private async Task LeaveAsync()
    {
        var who = state.CancelReason is { } reason ? $" by {reason.By}: {reason.Reason}" : string.Empty;
        var how = "Nothing was written to the shoot.";
        if (HasMarks)
        {
            state = WaitChanges.Leaves(state, $"Being cancelled{who}; our marks are taken off the shoot.");
            Publish();
            var (report, failure) = await ReleaseAsync(withdraw: true);
            var left = report?.Observation ?? state.Observation;
            how = $"The shoot was left in stage {state.Stage}: {(left is null ? "not seen" : Sentences.Observation(left))}."
                + (report?.Withdrawn == true ? " An operation that Gardener had not taken was withdrawn." : string.Empty)
                + (failure is null ? string.Empty : $" {Leftovers.Of(request.Shoot, state, failure)}");
        }

        state = WaitChanges.Ends(state, new MigrationEnding(MigrationOutcome.Cancelled, $"Cancelled{who}. {how}"));
        Publish();
    }

    private async Task<(ReleaseMarksReport? Report, string? Failure)> ReleaseAsync(bool withdraw)
    {
        var input = new ReleaseMarksInput(request.Shoot, state.Uid!) { Withdraw = withdraw ? [.. NewestWrites()] : [] };
        try
        {
            var report = await Workflow.ExecuteActivityAsync(
                (IMarkActivities activities) => activities.ReleaseMarksAsync(input), ReleaseOptions.For(Garden, request.Settings.WriteTimeout, request.Settings.UnreachableGrace));
            return (report, null);
        }
        catch (ActivityFailureException exception)
        {
            return (null, FailureOf(exception)?.Message ?? $"no worker of garden {Garden} has done it.");
        }
    }

    // Whether a write whose answer was lost stands on the shoot is known there only; if it does not, the one before may.
    private IEnumerable<WithdrawnWrite> NewestWrites()
    {
        if (state.PendingIntent is { } unanswered)
        {
            yield return new WithdrawnWrite(unanswered.Id, unanswered.Kind) { Pools = state.PendingPools };
        }

        if (state.Awaited is { } answered)
        {
            yield return new WithdrawnWrite(answered.IntentId, answered.Kind) { Operation = answered.Operation };
        }
    }

    private void Publish()
    {
        Workflow.CurrentDetails = MigrationRunbook.Write(Status);
        List<SearchAttributeUpdate> updates = [];
        Set(MigrationSearchAttributes.Garden, request.Shoot.Garden);
        Set(MigrationSearchAttributes.Project, request.Shoot.Namespace);
        Set(MigrationSearchAttributes.Provider, state.Observation?.Provider);
        Set(MigrationSearchAttributes.Stage, state.Stage.ToString());
        // CoreDNS takes minutes and nobody's help: lists count it as Gardener's, which saves two changes.
        Set(MigrationSearchAttributes.WaitingFor, (state.WaitingFor == WaitingFor.CoreDns ? WaitingFor.Gardener : state.WaitingFor).ToString());
        Set(MigrationSearchAttributes.Outcome, state.Ending?.Outcome.ToString());
        var known = Workflow.TypedSearchAttributes;
        if (!known.TryGetValue(MigrationSearchAttributes.StageSince, out var since) || since != state.StageSince)
        {
            updates.Add(SearchAttributeUpdate.ValueSet(MigrationSearchAttributes.StageSince, state.StageSince));
        }

        if (updates.Count > 0)
        {
            Workflow.UpsertTypedSearchAttributes([.. updates]);
        }

        void Set(SearchAttributeKey<string> key, string? value)
        {
            if (value is { Length: > 0 } && (!Workflow.TypedSearchAttributes.TryGetValue(key, out var current) || current != value))
            {
                updates.Add(SearchAttributeUpdate.ValueSet(key, value));
            }
        }
    }
}
