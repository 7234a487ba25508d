using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Workflows;

/// <summary>The messages that a migration takes.</summary>
public sealed partial class ShootMigrationWorkflow
{
    private ShootObserved? hint;
    private bool hasNews;

    /// <summary>Where the migration stands.</summary>
    [WorkflowQuery]
    public ShootMigrationStatus Status => MigrationRunbook.Status(request, state);

    /// <summary>The nodes are said to be replaced. The claim is checked, and the verdict is in the status.</summary>
    /// <param name="claim">Nothing, <c>{}</c>, or any JSON; understood are <c>requestId</c>, <c>by</c>, <c>reason</c> and <c>pools</c>.</param>
    /// <returns>When it is recorded.</returns>
    [WorkflowSignal]
    public Task NodeRolloutCompletedAsync(IRawValue? claim = null)
    {
        state = MessageChanges.Claimed(state, ClaimParser.Parse(claim?.Payload.Data.ToStringUtf8(), Workflow.NewGuid().ToString(), Now));
        hasNews = true;
        return Task.CompletedTask;
    }

    /// <summary>The garden shows something new about the shoot. Only the newest hint is kept.</summary>
    /// <param name="observed">The hint.</param>
    /// <returns>When it is recorded.</returns>
    [WorkflowSignal]
    public Task ShootObservedAsync(ShootObserved observed)
    {
        if (observed is not { Observation: { } next } || hint?.Observation is not { } kept || !ResourceVersions.IsOlder(next.ResourceVersion, kept.ResourceVersion))
        {
            hint = observed;
        }

        hasNews = true;
        return Task.CompletedTask;
    }

    /// <summary>Who cancels and why. The cancellation itself follows.</summary>
    /// <param name="reason">Who and why.</param>
    /// <returns>When it is recorded.</returns>
    [WorkflowSignal]
    public Task CancelReasonAsync(OperatorRequest reason)
    {
        state = MessageChanges.CancelExplained(state, reason);
        return Task.CompletedTask;
    }

    /// <summary>Approves the replacement of the nodes.</summary>
    /// <param name="approval">Who approves, why, and which pools.</param>
    /// <returns>What comes of it.</returns>
    [WorkflowUpdate]
    public Task<OperatorAnswer> ApproveAsync(OperatorRequest approval) => Answer(
        approval,
        state.Approval is null,
        MessageChanges.Approved,
        "Approved: Gardener is asked to replace the nodes as soon as the shoot is ready for it.",
        "It is approved already.");

    /// <summary>Checks an approval.</summary>
    /// <param name="approval">The approval.</param>
    /// <exception cref="ApplicationFailureException">It is not accepted.</exception>
    [WorkflowUpdateValidator(nameof(ApproveAsync))]
    public void ValidateApprove(OperatorRequest approval) => Reject(RequestRules.ObjectionToApproval(state, request.Rollout, approval));

    /// <summary>Holds the migration at the next safe point: nothing more is written, what Gardener does goes on.</summary>
    /// <param name="pause">Who pauses and why.</param>
    /// <returns>What comes of it.</returns>
    [WorkflowUpdate]
    public Task<OperatorAnswer> PauseAsync(OperatorRequest pause) => Answer(
        pause,
        state.Paused is null,
        MessageChanges.Paused,
        "Paused: nothing more is written until it is resumed; what Gardener has begun goes on.",
        "It is paused already.");

    /// <summary>Checks a pause.</summary>
    /// <param name="pause">The pause.</param>
    /// <exception cref="ApplicationFailureException">It is not accepted.</exception>
    [WorkflowUpdateValidator(nameof(PauseAsync))]
    public void ValidatePause(OperatorRequest pause) => Reject(RequestRules.Objection(state, pause));

    /// <summary>Ends a pause.</summary>
    /// <param name="resume">Who resumes and why.</param>
    /// <returns>What comes of it.</returns>
    [WorkflowUpdate]
    public Task<OperatorAnswer> ResumeAsync(OperatorRequest resume) => Answer(
        resume, state.Paused is not null, MessageChanges.Resumed, "Resumed: the shoot is looked at and the migration goes on.", "It is not paused.");

    /// <summary>Checks the end of a pause.</summary>
    /// <param name="resume">The request.</param>
    /// <exception cref="ApplicationFailureException">It is not accepted.</exception>
    [WorkflowUpdateValidator(nameof(ResumeAsync))]
    public void ValidateResume(OperatorRequest resume) => Reject(RequestRules.Objection(state, resume));

    /// <summary>Looks again, and tries again what blocks.</summary>
    /// <param name="retry">Who asks and why.</param>
    /// <returns>What comes of it.</returns>
    [WorkflowUpdate]
    public Task<OperatorAnswer> RetryAsync(OperatorRequest retry) => Answer(
        retry,
        true,
        MessageChanges.Retried,
        state.Hindered is null
            ? "The shoot is looked at again, and what blocked is tried again."
            : "It is tried again all the time, and the migration goes on as soon as it succeeds.",
        string.Empty);

    /// <summary>Checks a retry.</summary>
    /// <param name="retry">The request.</param>
    /// <exception cref="ApplicationFailureException">It is not accepted.</exception>
    [WorkflowUpdateValidator(nameof(RetryAsync))]
    public void ValidateRetry(OperatorRequest retry) => Reject(RequestRules.Objection(state, retry));

    private static void Reject(string? objection)
    {
        if (objection is not null)
        {
            throw new ApplicationFailureException(objection, "RequestRejected", nonRetryable: true);
        }
    }

    private Task<OperatorAnswer> Answer(
        OperatorRequest message, bool changes, Func<MigrationState, OperatorRequest, MigrationState> change, string done, string unchanged)
    {
        if (MessageChanges.IsKnown(state, message.RequestId))
        {
            return Task.FromResult(new OperatorAnswer(message.RequestId, false, "This request was recorded before."));
        }

        if (!changes)
        {
            return Task.FromResult(new OperatorAnswer(message.RequestId, false, unchanged));
        }

        state = change(state, message);
        hasNews = true;
        return Task.FromResult(new OperatorAnswer(message.RequestId, true, done));
    }

    // A hint only ever speeds things up: it is dropped if older than what was read, and what is odd about it leads to a read.
    private void TakeNews()
    {
        state = hasNews ? WaitChanges.NewsCame(state) : state;
        hasNews = false;
        var observed = hint;
        hint = null;
        if (observed is null || state.Observation is null)
        {
            return;
        }

        state = observed.Whole() is { } observation && observation.Uid == state.Uid
            ? EvidenceChanges.Saw(state, observation, Now) with { LookNeeded = state.LookNeeded }
            : state with { LookNeeded = true };
    }
}
