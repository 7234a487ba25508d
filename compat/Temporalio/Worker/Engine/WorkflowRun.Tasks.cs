using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Engine;

// Workflow tasks: history in, commands out.
internal sealed partial class WorkflowRun
{
    private const int SeedJob = 2;
    private const int MessageJob = 3;
    private const int OtherJob = 4;

    /// <summary>Applies one sequence of history and runs the code that it wakes.</summary>
    internal void Advance(HistorySequence sequence, bool replaying, IReadOnlyList<UpdateRequest> updateRequests)
    {
        IsReplaying = replaying;
        LookAhead(sequence);
        if (!replaying)
        {
            CurrentDeploymentVersion = options.OwnVersion;
        }

        var jobs = new List<(int Order, Action Apply)>();
        var requests = replaying ? AcceptedUpdates(sequence) : updateRequests;
        var next = 0;
        HistoryEvent? afterCommands = null;
        foreach (var e in sequence.Events)
        {
            if (e.EventId <= LastEventId)
            {
                continue;
            }

            for (; next < requests.Count && requests[next].EventId < e.EventId; next++)
            {
                AddUpdateJob(requests[next], jobs);
            }

            if (afterCommands == null && !IsCommandEvent(e.EventType) && e.EventType != EventType.WorkflowTaskCompleted)
            {
                afterCommands = e;
            }

            Handle(e, jobs);
            LastEventId = e.EventId;
        }

        for (; next < requests.Count; next++)
        {
            AddUpdateJob(requests[next], jobs);
        }

        ReadTaskInfo(sequence);
        if (sequence.EndsInTask)
        {
            commands.RequireAllMatched(afterCommands);
        }
        else if (jobs.Count == 0 || IsCommandEvent(sequence.Last.EventType))
        {
            return;
        }

        Activate(
            () =>
            {
                foreach (var (_, apply) in jobs.OrderBy(j => j.Order))
                {
                    apply();
                }

                StartRunMethod();
            },
            checkConditions: true);
        RunFollowUps();
        ResolveRecordedLocalActivities();
        if (replaying)
        {
            commands.Seal(flags.Has(SdkFlags.TerminalCommandsLast));
        }
    }

    /// <summary>Compares what history has after the last workflow task with what the code did in it.</summary>
    internal void RequireMatch(IReadOnlyList<HistoryEvent> rest)
    {
        if (rest.Count == 0 || rest[0].EventType != EventType.WorkflowTaskCompleted)
        {
            return;
        }

        HistoryEvent? afterCommands = null;
        foreach (var e in rest.Skip(1))
        {
            if (!IsCommandEvent(e.EventType))
            {
                afterCommands = e;
                break;
            }

            commands.Match(e, flags.Has(SdkFlags.CompareIds));
        }

        commands.RequireAllMatched(afterCommands);
    }

    internal WorkflowTaskOutcome TakeOutcome()
    {
        var fresh = commands.Seal();
        var outcome = new WorkflowTaskOutcome(fresh, [.. outgoing]);
        outgoing.Clear();
        return outcome;
    }

    /// <summary>Turns a failure of the task into one of the workflow, if the failure's type is configured for that.</summary>
    internal bool TryFailWorkflow(Exception e)
    {
        if (e is not WorkflowNondeterminismException || !IsWorkflowFailure(e))
        {
            return false;
        }

        outgoing.Clear();
        commands.FailWith(FailCommand(e));
        return true;
    }

    private static bool IsCommandEvent(EventType type) => type is
        EventType.ActivityTaskScheduled or EventType.ActivityTaskCancelRequested or EventType.TimerStarted or
        EventType.TimerCanceled or EventType.MarkerRecorded or EventType.StartChildWorkflowExecutionInitiated or
        EventType.SignalExternalWorkflowExecutionInitiated or EventType.RequestCancelExternalWorkflowExecutionInitiated or
        EventType.UpsertWorkflowSearchAttributes or EventType.WorkflowPropertiesModified or
        EventType.WorkflowExecutionUpdateAccepted or EventType.WorkflowExecutionUpdateCompleted or
        EventType.WorkflowExecutionCompleted or EventType.WorkflowExecutionFailed or
        EventType.WorkflowExecutionCanceled or EventType.WorkflowExecutionContinuedAsNew;

    private void LookAhead(HistorySequence sequence)
    {
        recordedPatches.Clear();
        foreach (var e in sequence.Events)
        {
            if (e.EventType == EventType.WorkflowTaskCompleted)
            {
                ObserveCompletion(e);
            }
        }

        for (var i = 0; i < sequence.LookAhead.Count; i++)
        {
            var e = sequence.LookAhead[i];
            if (e.EventType == EventType.WorkflowTaskCompleted)
            {
                ObserveCompletion(e);
            }
            else if (PatchMarker.TryRead(e, out var patchId, out _))
            {
                recordedPatches[patchId] =
                    i + 1 < sequence.LookAhead.Count && VersionAttributes.IsVersionUpsert(sequence.LookAhead[i + 1]);
            }
            else if (LocalActivityMarker.TryRead(e) is { } marker && !recordedLocalActivities.Exists(m => m.Seq == marker.Seq))
            {
                recordedLocalActivities.Add(marker);
            }
        }
    }

    private void ObserveCompletion(HistoryEvent completed)
    {
        flags.Observe(completed);
        CurrentDeploymentVersion = DeploymentVersions.Of(completed) ?? CurrentDeploymentVersion;
    }

    private void ReadTaskInfo(HistorySequence sequence)
    {
        if (!sequence.EndsInTask)
        {
            return;
        }

        var taskStarted = sequence.Last.WorkflowTaskStartedEventAttributes;
        var time = sequence.Last.EventTime.ToUtc();
        UtcNow = time > UtcNow ? time : UtcNow;
        LastStartedEventId = sequence.Last.EventId;
        CurrentHistoryLength = (int)sequence.Last.EventId;
        CurrentHistorySize = (int)taskStarted.HistorySizeBytes;
        ContinueAsNewSuggested = taskStarted.SuggestContinueAsNew;
        SuggestedContinueAsNewReasons =
            [.. taskStarted.SuggestContinueAsNewReasons.Select(r => (Workflows.SuggestContinueAsNewReason)(int)r).Where(r => r != 0)];
    }

    private void StartRunMethod()
    {
        if (started)
        {
            return;
        }

        started = true;
        _ = QueueTask(() => RunTopLevelAsync(async () =>
        {
            var target = Instance;
            var result = await Interceptors.Inbound.ExecuteWorkflowAsync(new(target, definition.RunMethod, startArgs!));
            Complete(result);
        }));
    }

    private void Handle(HistoryEvent e, List<(int Order, Action Apply)> jobs)
    {
        if (IsCommandEvent(e.EventType))
        {
            commands.Match(e, !IsReplaying || flags.Has(SdkFlags.CompareIds));
            return;
        }

        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.WorkflowTaskFailedEventAttributes:
                if (e.WorkflowTaskFailedEventAttributes is { Cause: WorkflowTaskFailedCause.ResetWorkflow } reset)
                {
                    var seed = RunSeed.FromRunId(reset.NewRunId);
                    jobs.Add((SeedJob, () => Random = new(seed)));
                }

                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes:
                var signal = e.WorkflowExecutionSignaledEventAttributes;
                jobs.Add((MessageJob, () => ApplySignal(signal)));
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCancelRequestedEventAttributes:
                jobs.Add((OtherJob, cancellation.Cancel));
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAdmittedEventAttributes:
                AdmitUpdate(e);
                break;
            default:
                if (!HandleTimerOrActivity(e, jobs) && !HandleChildOrExternal(e, jobs))
                {
                    RequireIgnorable(e);
                }

                break;
        }
    }

    private static void RequireIgnorable(HistoryEvent e)
    {
        if (e.AttributesCase == HistoryEvent.AttributesOneofCase.None && !e.WorkerMayIgnore && !Enum.IsDefined(e.EventType))
        {
            throw new WorkflowNondeterminismException(
                $"Event {e.EventId} has type {(int)e.EventType}, which this SDK does not know and which may not be ignored");
        }
    }

    private static WorkflowNondeterminismException Unexpected(HistoryEvent e, string expected) =>
        new($"Nondeterminism: history has {CommandQueue.Describe(e)}, but the workflow code has no {expected} that it belongs to");
}
