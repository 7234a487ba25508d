using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Engine;

/// <summary>Carries out one effect of a run on another, and tells the run what became of it. May be repeated.</summary>
internal sealed class OutboxDelivery(EngineCore engine)
{
    public Task DeliverAsync(OutboxItem item) => item.Kind switch
    {
        OutboxKind.StartChild => StartChildAsync(item),
        OutboxKind.SignalExternal => SignalAsync(item),
        OutboxKind.CancelExternal => CancelAsync(item),
        OutboxKind.NotifyParent => NotifyParentAsync(item),
        _ => ParentClosedAsync(item),
    };

    /// <summary>Tells the workflow that wanted the effect that it failed, so that it does not wait for it.</summary>
    public async Task GiveUpAsync(OutboxItem item)
    {
        try
        {
            await ChangeAsync(item.Namespace, item.WorkflowId, item.RunId, (transition, _) =>
            {
                switch (item.Kind)
                {
                    case OutboxKind.StartChild when transition.State.Children.TryGetValue(item.InitiatedId, out var child) && child.StartedId == 0:
                        ChildRules.StartFailed(transition, child, StartChildWorkflowExecutionFailedCause.Unspecified);
                        return true;
                    case OutboxKind.SignalExternal:
                        ExternalRules.Signaled(transition, item.InitiatedId, SignalExternalWorkflowExecutionFailedCause.Unspecified);
                        return true;
                    case OutboxKind.CancelExternal:
                        ExternalRules.CancelRequested(transition, item.InitiatedId, CancelExternalWorkflowExecutionFailedCause.Unspecified);
                        return true;
                    default:
                        return false;
                }
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            engine.Log($"Workflow {item.WorkflowId} could not be told of that: {OneLine.Of(e)}");
        }
    }

    private async Task StartChildAsync(OutboxItem item)
    {
        var wanted = At(item.Namespace, item.WorkflowId, item.RunId, run =>
            run.State.IsOpen ? run.State.Children.ContainsKey(item.InitiatedId)
                : item.Event!.StartChildWorkflowExecutionInitiatedEventAttributes.ParentClosePolicy == ParentClosePolicy.Abandon);
        if (!wanted)
        {
            return;
        }

        string? childRunId = null;
        var cause = StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists;
        try
        {
            engine.Namespaces.Check(item.TargetNamespace);
            childRunId = await CreateChildAsync(item).ConfigureAwait(false);
        }
        catch (GrpcException e) when (e.Status == StatusCode.AlreadyExists)
        {
        }
        catch (GrpcException e) when (e.Status == StatusCode.NotFound)
        {
            cause = StartChildWorkflowExecutionFailedCause.NamespaceNotFound;
        }

        await ChangeAsync(item.Namespace, item.WorkflowId, item.RunId, (transition, _) =>
        {
            if (!transition.State.Children.TryGetValue(item.InitiatedId, out var child) || child.StartedId != 0)
            {
                return false;
            }

            if (childRunId is null)
            {
                ChildRules.StartFailed(transition, child, cause);
            }
            else
            {
                ChildRules.Started(transition, child, childRunId);
            }

            return true;
        }).ConfigureAwait(false);
        if (childRunId is not null)
        {
            await ChangeAsync(item.TargetNamespace, item.TargetWorkflowId, childRunId, (transition, _) =>
            {
                if (!transition.State.AwaitsParent)
                {
                    return false;
                }

                transition.State.AwaitsParent = false;
                WorkflowTasks.Ensure(transition);
                return true;
            }).ConfigureAwait(false);
        }
    }

    private async Task<string> CreateChildAsync(OutboxItem item)
    {
        var root = At(item.Namespace, item.WorkflowId, item.RunId, run =>
            new WorkflowExecution { WorkflowId = run.State.RootWorkflowId, RunId = run.State.RootRunId });
        var attributes = item.Event!.StartChildWorkflowExecutionInitiatedEventAttributes;
        var (runId, commit) = engine.Directory.Locked(item.TargetNamespace, item.TargetWorkflowId, slot =>
        {
            var outcome = StartRules.Start(
                engine,
                slot,
                new StartParameters
                {
                    Namespace = item.TargetNamespace,
                    WorkflowId = item.TargetWorkflowId,
                    WorkflowType = attributes.WorkflowType.Name,
                    TaskQueue = attributes.TaskQueue.Name,
                    Input = attributes.Input,
                    ExecutionTimeout = attributes.WorkflowExecutionTimeout.Span(),
                    RunTimeout = attributes.WorkflowRunTimeout.Span(),
                    TaskTimeout = attributes.WorkflowTaskTimeout.Span(),
                    RequestId = item.RequestId,
                    Retry = attributes.RetryPolicy,
                    Cron = attributes.CronSchedule,
                    Header = attributes.Header,
                    Memo = attributes.Memo,
                    SearchAttributes = attributes.SearchAttributes,
                    Priority = attributes.Priority,
                    UserMetadata = item.Event.UserMetadata,
                    ParentNamespace = item.Namespace,
                    Parent = new WorkflowExecution { WorkflowId = item.WorkflowId, RunId = item.RunId },
                    ParentInitiatedId = item.InitiatedId,
                    Root = root,
                    AwaitsParent = true,
                },
                attributes.WorkflowIdReusePolicy,
                WorkflowIdConflictPolicy.Fail);
            return (outcome.Run.State.RunId, outcome.Transitions.Count > 0 ? engine.Commit([.. outcome.Transitions]) : outcome.Run.LastCommit);
        });
        await commit.ConfigureAwait(false);
        return runId;
    }

    private async Task SignalAsync(OutboxItem item)
    {
        var attributes = item.Event!.SignalExternalWorkflowExecutionInitiatedEventAttributes;
        var source = new WorkflowExecution { WorkflowId = item.WorkflowId, RunId = item.RunId };
        SignalExternalWorkflowExecutionFailedCause? cause = null;
        if (!engine.Namespaces.Knows(item.TargetNamespace))
        {
            cause = SignalExternalWorkflowExecutionFailedCause.NamespaceNotFound;
        }
        else
        {
            try
            {
                var found = await ReachAsync(item, attributes.ChildWorkflowOnly, (transition, _) => SignalRules.Signal(
                    transition, attributes.SignalName, attributes.Input, attributes.Header, "history-service", item.RequestId, source)).ConfigureAwait(false);
                cause = found ? null : SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound;
            }
            catch (GrpcException e) when (e.Status == StatusCode.InvalidArgument)
            {
                cause = SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded;
            }
        }

        await ChangeAsync(item.Namespace, item.WorkflowId, item.RunId, (transition, _) =>
        {
            ExternalRules.Signaled(transition, item.InitiatedId, cause);
            return true;
        }).ConfigureAwait(false);
    }

    private async Task CancelAsync(OutboxItem item)
    {
        var attributes = item.Event!.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
        var source = new WorkflowExecution { WorkflowId = item.WorkflowId, RunId = item.RunId };
        CancelExternalWorkflowExecutionFailedCause? cause = CancelExternalWorkflowExecutionFailedCause.NamespaceNotFound;
        if (engine.Namespaces.Knows(item.TargetNamespace))
        {
            var found = await ReachAsync(item, attributes.ChildWorkflowOnly, (transition, _) =>
                SignalRules.RequestCancel(transition, attributes.Reason, "history-service", source, item.InitiatedId)).ConfigureAwait(false);
            cause = found ? null : CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound;
        }

        await ChangeAsync(item.Namespace, item.WorkflowId, item.RunId, (transition, _) =>
        {
            ExternalRules.CancelRequested(transition, item.InitiatedId, cause);
            return true;
        }).ConfigureAwait(false);
    }

    private Task NotifyParentAsync(OutboxItem item) =>
        ChangeAsync(item.TargetNamespace, item.TargetWorkflowId, item.TargetRunId, (transition, _) =>
        {
            if (!transition.State.Children.TryGetValue(item.InitiatedId, out var child))
            {
                return false;
            }

            ChildRules.Closed(transition, child, item.RunId, item.Event!);
            return true;
        });

    private Task ParentClosedAsync(OutboxItem item) =>
        ChangeAsync(item.TargetNamespace, item.TargetWorkflowId, "", (transition, slot) =>
        {
            // The child may have gone on as a new run; another workflow that took its id is none of ours.
            var state = transition.State;
            if (state.ParentRunId != item.RunId || state.ParentInitiatedId != item.InitiatedId)
            {
                return false;
            }

            if (item.Policy == ParentClosePolicy.RequestCancel)
            {
                return SignalRules.RequestCancel(
                    transition, "by parent close policy", "history-service", new WorkflowExecution { WorkflowId = item.WorkflowId, RunId = item.RunId });
            }

            WorkflowClose.Terminate(transition, slot, "by parent close policy", null, "history-service");
            return true;
        });

    /// <summary>Looks at a run; one that was deleted since gives the default.</summary>
    private T? At<T>(string @namespace, string workflowId, string runId, Func<Run, T> read) =>
        engine.Directory.Locked(@namespace, workflowId, slot => slot.Find(runId) is { } run ? read(run) : default);

    /// <summary>Changes an open run. Nothing happens to a closed or unknown one.</summary>
    private Task ChangeAsync(string @namespace, string workflowId, string runId, Func<Transition, WorkflowSlot, bool> change) =>
        engine.Directory.Locked(@namespace, workflowId, slot =>
        {
            if (slot.Find(runId) is not { State.IsOpen: true } run)
            {
                return Task.CompletedTask;
            }

            var transition = slot.Begin(run);
            if (change(transition, slot))
            {
                return engine.Commit(transition);
            }

            transition.Discard();
            return run.LastCommit;
        });

    private async Task<bool> ReachAsync(OutboxItem item, bool childOnly, Func<Transition, WorkflowSlot, bool> change)
    {
        var (found, commit) = engine.Directory.Locked(item.TargetNamespace, item.TargetWorkflowId, slot =>
        {
            var run = slot.Find(item.TargetRunId);
            if (childOnly && run is not null && run.State.ParentRunId != item.RunId)
            {
                run = null;
            }

            // A child's first run id also stands for the runs that it continued as.
            if (childOnly && run is { State.IsOpen: false } && slot.Current is { State.IsOpen: true } current && current.State.FirstRunId == run.State.FirstRunId)
            {
                run = current;
            }

            if (run is not { State.IsOpen: true })
            {
                return (run is not null && run.State.RequestIds.Contains(item.RequestId), Task.CompletedTask);
            }

            var transition = slot.Begin(run);
            if (change(transition, slot))
            {
                return (true, engine.Commit(transition));
            }

            transition.Discard();
            return (true, run.LastCommit);
        });
        await commit.ConfigureAwait(false);
        return found;
    }
}
