using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
    {
        var request = await StartRequestAsync(input.Workflow, input.Args, input.Options, input.Headers);
        var rpc = TemporalClient.DefaultRetryOptions(input.Options.Rpc);
        try
        {
            if (input.Options.StartSignal == null)
            {
                var runId = (await Service.StartWorkflowExecutionAsync(request, rpc)).RunId;
                return new(client, request.WorkflowId, ResultRunId: runId, FirstExecutionRunId: runId);
            }

            // Which run of a chain was signalled is not said, so nothing is known of the first.
            var withSignal = await SignalWithStartRequestAsync(request, input.Options);
            var response = await Service.SignalWithStartWorkflowExecutionAsync(withSignal, rpc);
            return new(client, request.WorkflowId, ResultRunId: response.RunId);
        }
        catch (RpcException e) when (AlreadyStarted(e, request) is { } alreadyStarted)
        {
            throw alreadyStarted;
        }
    }

    private static WorkflowAlreadyStartedException? AlreadyStarted(RpcException e, StartWorkflowExecutionRequest request) =>
        e.Code == RpcException.StatusCode.AlreadyExists && e.SingleDetail<WorkflowExecutionAlreadyStartedFailure>() is { } detail
            ? new(e.Message, request.WorkflowId, request.WorkflowType.Name, detail.RunId)
            : null;

    private static Duration? ToDuration(TimeSpan? span) => span is { } value ? Duration.FromTimeSpan(value) : null;

    private async Task<StartWorkflowExecutionRequest> StartRequestAsync(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options, IDictionary<string, Payload>? headers)
    {
        var id = options.Id ?? throw new ArgumentException("ID required to start workflow");
        var taskQueue = options.TaskQueue ?? throw new ArgumentException("Task queue required to start workflow");
        if (options.StartSignalArgs != null && options.StartSignal == null)
        {
            throw new ArgumentException("Cannot have start signal args without start signal");
        }

        if (options.RequestEagerStart)
        {
            throw new NotSupportedException("The stand-in SDK starts no workflow eagerly: leave out WorkflowOptions.RequestEagerStart.");
        }

        var converter = ConverterFor(id);
        return new()
        {
            Namespace = Namespace,
            WorkflowId = id,
            WorkflowType = new() { Name = workflow },
            TaskQueue = new() { Name = taskQueue },
            Input = await converter.ToPayloadsOrNullAsync(args),
            WorkflowExecutionTimeout = ToDuration(options.ExecutionTimeout),
            WorkflowRunTimeout = ToDuration(options.RunTimeout),
            WorkflowTaskTimeout = ToDuration(options.TaskTimeout),
            Identity = Identity,
            RequestId = NewRequestId(),
            WorkflowIdReusePolicy = options.IdReusePolicy,
            WorkflowIdConflictPolicy = options.IdConflictPolicy,
            RetryPolicy = options.RetryPolicy?.ToProto(),
            CronSchedule = options.CronSchedule ?? string.Empty,
            Memo = await converter.ToMemoAsync(options.Memo),
            SearchAttributes = options.TypedSearchAttributes is { Count: > 0 } attributes ? attributes.ToProto() : null,
            Header = await converter.ToHeaderAsync(headers),
            WorkflowStartDelay = ToDuration(options.StartDelay),
            UserMetadata = await converter.ToUserMetadataAsync(options.StaticSummary, options.StaticDetails),
            Priority = options.Priority?.ToProto(),
        };
    }

    private async Task<SignalWithStartWorkflowExecutionRequest> SignalWithStartRequestAsync(
        StartWorkflowExecutionRequest start, WorkflowOptions options) => new()
        {
            Namespace = start.Namespace,
            WorkflowId = start.WorkflowId,
            WorkflowType = start.WorkflowType,
            TaskQueue = start.TaskQueue,
            Input = start.Input,
            WorkflowExecutionTimeout = start.WorkflowExecutionTimeout,
            WorkflowRunTimeout = start.WorkflowRunTimeout,
            WorkflowTaskTimeout = start.WorkflowTaskTimeout,
            Identity = start.Identity,
            RequestId = start.RequestId,
            WorkflowIdReusePolicy = start.WorkflowIdReusePolicy,
            WorkflowIdConflictPolicy = start.WorkflowIdConflictPolicy,
            SignalName = options.StartSignal,
            SignalInput = await ConverterFor(start.WorkflowId).ToPayloadsOrNullAsync(options.StartSignalArgs),
            RetryPolicy = start.RetryPolicy,
            CronSchedule = start.CronSchedule,
            Memo = start.Memo,
            SearchAttributes = start.SearchAttributes,
            Header = start.Header,
            WorkflowStartDelay = start.WorkflowStartDelay,
            UserMetadata = start.UserMetadata,
            Priority = start.Priority,
        };
}
