using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

/// <summary>Starts workflows, also together with a signal.</summary>
internal sealed class StartService(EngineCore engine)
{
    public async Task<StartWorkflowExecutionResponse> StartAsync(StartWorkflowExecutionRequest request, GrpcCall call)
    {
        var parameters = Parameters(request);
        var (response, commit) = engine.Directory.Locked(request.Namespace, request.WorkflowId, slot =>
        {
            var outcome = StartRules.Start(engine, slot, parameters, request.WorkflowIdReusePolicy, Conflict(request.WorkflowIdConflictPolicy));
            if (outcome.Transitions.Count > 0)
            {
                WorkflowTasks.Ensure(outcome.Transitions[^1]);
            }

            return (Response(outcome), outcome.Transitions.Count > 0 ? engine.Commit([.. outcome.Transitions]) : outcome.Run.LastCommit);
        });
        await commit.ConfigureAwait(false);
        return response;
    }

    public async Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartAsync(SignalWithStartWorkflowExecutionRequest request, GrpcCall call)
    {
        var parameters = Parameters(new StartWorkflowExecutionRequest
        {
            Namespace = request.Namespace,
            WorkflowId = request.WorkflowId,
            WorkflowType = request.WorkflowType,
            TaskQueue = request.TaskQueue,
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            Identity = request.Identity,
            RequestId = request.RequestId,
            RetryPolicy = request.RetryPolicy,
            CronSchedule = request.CronSchedule,
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            WorkflowStartDelay = request.WorkflowStartDelay,
            UserMetadata = request.UserMetadata,
            Priority = request.Priority,
        }) with
        { Backoff = StartBackoff.SignalWithStartDelay };
        if (request.SignalName.Length == 0)
        {
            throw GrpcException.InvalidArgument("SignalName is not set on request.");
        }

        Requests.CheckLength("SignalName", request.SignalName, engine.Limits);
        Requests.CheckBlob("SignalInput", request.SignalInput, engine.Limits);
        var conflict = request.WorkflowIdConflictPolicy is WorkflowIdConflictPolicy.TerminateExisting
            ? WorkflowIdConflictPolicy.TerminateExisting
            : WorkflowIdConflictPolicy.UseExisting;
        var (response, commit) = engine.Directory.Locked(request.Namespace, request.WorkflowId, slot =>
        {
            var outcome = StartRules.Start(engine, slot, parameters, request.WorkflowIdReusePolicy, conflict);
            var transitions = outcome.Transitions.ToList();
            if (!outcome.Repeated)
            {
                var transition = transitions.Count > 0 ? transitions[^1] : slot.Begin(outcome.Run);
                var signaled = SignalRules.Signal(
                    transition, request.SignalName, request.SignalInput, request.Header, request.Identity, request.RequestId, withStart: !transition.IsNew);
                if (transitions.Count == 0 && signaled)
                {
                    transitions.Add(transition);
                }
                else if (transitions.Count == 0)
                {
                    transition.Discard();
                }
            }

            return (
                new SignalWithStartWorkflowExecutionResponse { RunId = outcome.Run.State.RunId, Started = outcome.Started },
                transitions.Count > 0 ? engine.Commit([.. transitions]) : outcome.Run.LastCommit);
        });
        await commit.ConfigureAwait(false);
        return response;
    }

    public static StartWorkflowExecutionResponse Response(StartRules.Outcome outcome) => new()
    {
        RunId = outcome.Run.State.RunId,
        FirstExecutionRunId = outcome.Run.State.FirstRunId,
        Started = outcome.Started,
        Status = outcome.Run.State.Status,
    };

    public static WorkflowIdConflictPolicy Conflict(WorkflowIdConflictPolicy policy) =>
        policy == WorkflowIdConflictPolicy.Unspecified ? WorkflowIdConflictPolicy.Fail : policy;

    /// <summary>Checks a request and takes from it what makes the run.</summary>
    public StartParameters Parameters(StartWorkflowExecutionRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflowId(request.WorkflowId, engine.Limits);
        Requests.CheckQueue(request.TaskQueue, engine.Limits);
        if (request.WorkflowType is null || request.WorkflowType.Name.Length == 0)
        {
            throw GrpcException.InvalidArgument("WorkflowType is not set on request.");
        }

        Requests.CheckLength("WorkflowType", request.WorkflowType.Name, engine.Limits);
        Requests.CheckLength("RequestId", request.RequestId, engine.Limits);
        Requests.CheckBlob("Input", request.Input, engine.Limits);
        if (request.Memo?.CalculateSize() > engine.Limits.MemoBytes)
        {
            throw GrpcException.InvalidArgument($"Memo size exceeds limit of {engine.Limits.MemoBytes} bytes.");
        }

        CheckTimeout("WorkflowExecutionTimeout", request.WorkflowExecutionTimeout);
        CheckTimeout("WorkflowRunTimeout", request.WorkflowRunTimeout);
        CheckTimeout("WorkflowTaskTimeout", request.WorkflowTaskTimeout);
        CheckTimeout("WorkflowStartDelay", request.WorkflowStartDelay);
        CheckMetadata(request.UserMetadata);
        if (RetryRules.Problem(request.RetryPolicy) is { } problem)
        {
            throw GrpcException.InvalidArgument(problem);
        }

        if (request.CronSchedule.Length > 0)
        {
            throw new GrpcException(StatusCode.Unimplemented, "Cron schedules are not implemented by this server: start the workflow without cron_schedule.");
        }

        return new StartParameters
        {
            Namespace = request.Namespace,
            WorkflowId = request.WorkflowId,
            WorkflowType = request.WorkflowType.Name,
            TaskQueue = request.TaskQueue.Name,
            Input = request.Input,
            ExecutionTimeout = request.WorkflowExecutionTimeout.Span(),
            RunTimeout = request.WorkflowRunTimeout.Span(),
            TaskTimeout = request.WorkflowTaskTimeout.Span(),
            Identity = request.Identity,
            RequestId = request.RequestId,
            Retry = request.RetryPolicy,
            Memo = request.Memo,
            SearchAttributes = engine.SearchAttributes.Of(request.Namespace).NormalizeOrThrow(request.SearchAttributes),
            Header = request.Header,
            UserMetadata = request.UserMetadata,
            Priority = request.Priority,
            Delay = request.WorkflowStartDelay.Span(),
            Backoff = StartBackoff.Delay,
            ContinuedFailure = request.ContinuedFailure,
            LastResult = request.LastCompletionResult,
        };
    }

    private static void CheckTimeout(string name, ProtoDuration? duration)
    {
        if (duration is { Seconds: < 0 } or { Nanos: < 0 })
        {
            throw GrpcException.InvalidArgument($"An invalid {name} is set on request: it is negative.");
        }
    }

    private static void CheckMetadata(Api.Sdk.V1.UserMetadata? metadata)
    {
        if (metadata?.Summary?.Data.Length > 400)
        {
            throw GrpcException.InvalidArgument("The summary of the user metadata exceeds the limit of 400 bytes.");
        }

        if (metadata?.Details?.Data.Length > 20_000)
        {
            throw GrpcException.InvalidArgument("The details of the user metadata exceed the limit of 20000 bytes.");
        }
    }
}
