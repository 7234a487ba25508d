using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Temporalio.DevServer.Services;

/// <summary>Updates, as callers see them.</summary>
internal sealed class UpdateService(EngineCore engine)
{
    private const int HopelessAttempt = 3;
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan NewRunPause = TimeSpan.FromMilliseconds(50);

    public async Task<UpdateWorkflowExecutionResponse> UpdateAsync(UpdateWorkflowExecutionRequest request, GrpcCall call)
    {
        Check(request);
        while (true)
        {
            var (record, run, commit) = engine.Directory.Locked(request.Namespace, request.WorkflowExecution.WorkflowId, slot =>
            {
                var run = slot.Get(request.WorkflowExecution);
                if (request.FirstExecutionRunId.Length > 0 && run.State.FirstRunId != request.FirstExecutionRunId)
                {
                    throw GrpcException.NotFound($"workflow not found for ID: {run.State.WorkflowId} with first run {request.FirstExecutionRunId}");
                }

                return Admit(slot, run, request.Request);
            });
            await commit.ConfigureAwait(false);
            try
            {
                return await WaitAsync(run, record, request.WaitPolicy, call).ConfigureAwait(false);
            }
            catch (GrpcException e) when (e.Status == StatusCode.ResourceExhausted && request.WorkflowExecution.RunId.Length == 0)
            {
                // The workflow went on as a new run, and the update goes with it.
                await Task.Delay(NewRunPause, call.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task<PollWorkflowExecutionUpdateResponse> PollAsync(PollWorkflowExecutionUpdateRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflow(request.UpdateRef?.WorkflowExecution, engine.Limits);
        var (record, run, commit) = engine.Directory.Locked(request.Namespace, request.UpdateRef!.WorkflowExecution.WorkflowId, slot =>
        {
            var run = slot.Get(request.UpdateRef.WorkflowExecution);
            return (
                Known(run, request.UpdateRef.UpdateId) ?? throw GrpcException.NotFound($"update \"{request.UpdateRef.UpdateId}\" not found"),
                run,
                run.LastCommit);
        });
        await commit.ConfigureAwait(false);
        var response = await WaitAsync(run, record, request.WaitPolicy, call).ConfigureAwait(false);
        return new PollWorkflowExecutionUpdateResponse { Outcome = response.Outcome, Stage = response.Stage, UpdateRef = response.UpdateRef };
    }

    public void Check(UpdateWorkflowExecutionRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflow(request.WorkflowExecution, engine.Limits);
        if (request.Request?.Input is not { Name.Length: > 0 })
        {
            throw GrpcException.InvalidArgument("The update's name is not set on request.");
        }

        request.Request.Meta ??= new Meta();
        if (request.Request.Meta.UpdateId.Length == 0)
        {
            request.Request.Meta.UpdateId = Guid.NewGuid().ToString();
        }

        Requests.CheckLength("UpdateId", request.Request.Meta.UpdateId, engine.Limits);
        Requests.CheckBlob("Input", request.Request.Input, engine.Limits);
    }

    /// <summary>Takes an update in, once per id. A transition that already is under way takes it along.</summary>
    public (UpdateRecord Record, Run Run, Task Commit) Admit(WorkflowSlot slot, Run run, Request request, Transition? ongoing = null)
    {
        var state = run.State;
        if (Known(run, request.Meta.UpdateId) is { } known)
        {
            return (known, run, run.LastCommit);
        }

        if (!state.IsOpen)
        {
            throw GrpcException.WorkflowCompleted();
        }

        if (state.Task is { Attempt: >= HopelessAttempt })
        {
            throw GrpcException.WorkflowNotReady("Unable to perform workflow execution update due to Workflow Task in failed state.");
        }

        if (run.Updates.Count >= engine.Limits.UpdatesInFlight)
        {
            throw GrpcException.Busy($"limit on number of concurrent in-flight updates has been reached ({engine.Limits.UpdatesInFlight})");
        }

        if (state.Updates.Count >= engine.Limits.UpdatesTotal)
        {
            throw GrpcException.FailedPrecondition($"limit on number of total updates has been reached ({engine.Limits.UpdatesTotal})");
        }

        var record = new UpdateRecord(request.Meta.UpdateId, request);
        run.Updates.Add(record);
        if (ongoing is not null || state.Task is not null || state.FirstTaskAt is not null || state.AwaitsParent)
        {
            return (record, run, run.LastCommit);
        }

        var transition = slot.Begin(run);
        WorkflowTasks.Schedule(transition, WorkflowTaskKind.Speculative);
        return (record, run, engine.Commit(transition));
    }

    public static async Task<UpdateWorkflowExecutionResponse> WaitAsync(Run run, UpdateRecord record, WaitPolicy? policy, GrpcCall call)
    {
        var wanted = policy?.LifecycleStage ?? Stage.Unspecified;
        var waiting = wanted switch
        {
            Stage.Completed => record.Completed,
            Stage.Admitted => Task.CompletedTask,
            _ => record.Accepted,
        };
        try
        {
            await waiting.WaitAsync(call.PollBudget(LongestPoll), call.CancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The answer says how far it came.
        }

        var response = new UpdateWorkflowExecutionResponse
        {
            UpdateRef = new UpdateRef { WorkflowExecution = run.State.Execution, UpdateId = record.Id },
            Stage = Stage.Admitted,
        };
        if (record.Completed.IsCompletedSuccessfully)
        {
            response.Outcome = await record.Completed.ConfigureAwait(false);
            response.Stage = Stage.Completed;
        }
        else if (record.Accepted.IsCompletedSuccessfully)
        {
            response.Stage = Stage.Accepted;
        }

        return response;
    }

    /// <summary>An update that this run has seen: in flight, or in its history.</summary>
    private UpdateRecord? Known(Run run, string id)
    {
        if (run.Updates.Find(id) is { Phase: not UpdatePhase.Aborted } inFlight)
        {
            return inFlight;
        }

        if (!run.State.Updates.TryGetValue(id, out var state))
        {
            return null;
        }

        var events = engine.EventsOf(run);
        var record = new UpdateRecord(id, events[(int)state.AcceptedId - 1].WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest)
        {
            Phase = UpdatePhase.Accepted,
        };
        record.SetAccepted();
        if (state.CompletedId != 0)
        {
            record.SetOutcome(events[(int)state.CompletedId - 1].WorkflowExecutionUpdateCompletedEventAttributes.Outcome);
        }
        else if (!run.State.IsOpen)
        {
            record.SetOutcome(UpdateRules.ClosedOutcome());
        }
        else
        {
            // Accepted before the server was restarted: its outcome is still to come.
            run.Updates.Add(record);
        }

        return record;
    }
}
