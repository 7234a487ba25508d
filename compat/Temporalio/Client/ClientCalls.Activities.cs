using Google.Protobuf;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    public override async Task HeartbeatAsyncActivityAsync(HeartbeatAsyncActivityInput input)
    {
        var details = await Converter(input.DataConverterOverride).ToPayloadsOrNullAsync(input.Options?.Details);
        var rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        bool stop;
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            var response = await Service.RecordActivityTaskHeartbeatByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Details = details,
                    Identity = Identity,
                },
                rpc);
            stop = response.CancelRequested;
        }
        else
        {
            var response = await Service.RecordActivityTaskHeartbeatAsync(
                new() { Namespace = Namespace, TaskToken = Token(input.Activity), Details = details, Identity = Identity }, rpc);
            stop = response.CancelRequested;
        }

        if (stop)
        {
            throw new AsyncActivityCanceledException();
        }
    }

    public override async Task CompleteAsyncActivityAsync(CompleteAsyncActivityInput input)
    {
        var result = await Converter(input.DataConverterOverride).ToPayloadsOrNullAsync([input.Result]);
        var rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            await Service.RespondActivityTaskCompletedByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Result = result,
                    Identity = Identity,
                },
                rpc);
            return;
        }

        await Service.RespondActivityTaskCompletedAsync(
            new() { Namespace = Namespace, TaskToken = Token(input.Activity), Result = result, Identity = Identity }, rpc);
    }

    public override async Task FailAsyncActivityAsync(FailAsyncActivityInput input)
    {
        var converter = Converter(input.DataConverterOverride);
        var failure = await converter.ToFailureAsync(input.Exception);
        var lastHeartbeat = await converter.ToPayloadsOrNullAsync(input.Options?.LastHeartbeatDetails);
        var rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            await Service.RespondActivityTaskFailedByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Failure = failure,
                    LastHeartbeatDetails = lastHeartbeat,
                    Identity = Identity,
                },
                rpc);
            return;
        }

        await Service.RespondActivityTaskFailedAsync(
            new()
            {
                Namespace = Namespace,
                TaskToken = Token(input.Activity),
                Failure = failure,
                LastHeartbeatDetails = lastHeartbeat,
                Identity = Identity,
            },
            rpc);
    }

    public override async Task ReportCancellationAsyncActivityAsync(ReportCancellationAsyncActivityInput input)
    {
        var details = await Converter(input.DataConverterOverride).ToPayloadsOrNullAsync(input.Options?.Details);
        var rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        if (input.Activity is AsyncActivityHandle.IdReference id)
        {
            await Service.RespondActivityTaskCanceledByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Details = details,
                    Identity = Identity,
                },
                rpc);
            return;
        }

        await Service.RespondActivityTaskCanceledAsync(
            new() { Namespace = Namespace, TaskToken = Token(input.Activity), Details = details, Identity = Identity }, rpc);
    }

    private static ByteString Token(AsyncActivityHandle.Reference activity) => activity is AsyncActivityHandle.TaskTokenReference token
        ? ByteString.CopyFrom(token.TaskToken)
        : throw new ArgumentException($"An activity is referred to by id or by task token, not by {activity.GetType()}.", nameof(activity));

    private DataConverter Converter(DataConverter? given) => given ?? client.Options.DataConverter;
}
