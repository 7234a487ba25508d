using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Hosting;

/// <summary>What a worker tells the server about the ends of activities.</summary>
internal static class ActivityAnswers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static async Task CompletedAsync(WorkerContext context, RunningActivity activity, object? result)
    {
        var payload = await activity.Info.DataConverter.ToPayloadAsync(result);
        await InsistAsync(() => context.Service.RespondActivityTaskCompletedAsync(
            new()
            {
                TaskToken = activity.TaskToken,
                Namespace = context.Namespace,
                Identity = context.Identity,
                Result = new() { Payloads_ = { payload } },
                WorkerVersion = context.VersionStamp,
            },
            WorkerContext.Answer()));
    }

    internal static async Task FailedAsync(
        WorkerContext context, RunningActivity activity, Exception failure, Payloads? lastHeartbeat)
    {
        var proto = await activity.Info.DataConverter.ToFailureAsync(failure);
        await SendFailureAsync(context, activity, proto, await EncodedOrNullAsync(activity, lastHeartbeat));
    }

    /// <summary>Fails an activity whose end the user's converters cannot encode, in plain text.</summary>
    internal static Task UnencodableAsync(WorkerContext context, RunningActivity activity, Exception e) =>
        SendFailureAsync(context, activity, Unencodable(e), null);

    internal static Failure Unencodable(Exception e) =>
        new() { Message = $"Failed building completion: {e}", ApplicationFailureInfo = new() { Type = e.GetType().Name } };

    internal static async Task CanceledAsync(WorkerContext context, RunningActivity activity, Exception cancellation)
    {
        var details = cancellation is CanceledFailureException { Details: OutboundFailureDetails { Details: { } values } }
            ? await activity.Info.DataConverter.ToPayloadsAsync(values)
            : [];
        await InsistAsync(() => context.Service.RespondActivityTaskCanceledAsync(
            new()
            {
                TaskToken = activity.TaskToken,
                Namespace = context.Namespace,
                Identity = context.Identity,
                Details = details.Count == 0 ? null : new() { Payloads_ = { details } },
                WorkerVersion = context.VersionStamp,
            },
            WorkerContext.Answer()));
    }

    private static Task SendFailureAsync(WorkerContext context, RunningActivity activity, Failure failure, Payloads? lastHeartbeat) =>
        InsistAsync(() => context.Service.RespondActivityTaskFailedAsync(
            new()
            {
                TaskToken = activity.TaskToken,
                Namespace = context.Namespace,
                Identity = context.Identity,
                Failure = failure,
                LastHeartbeatDetails = lastHeartbeat,
                WorkerVersion = context.VersionStamp,
            },
            WorkerContext.Answer()));

    // The activity has ended: a heartbeat that cannot be encoded is not worth its answer.
    private static async Task<Payloads?> EncodedOrNullAsync(RunningActivity activity, Payloads? lastHeartbeat)
    {
        try
        {
            await Engine.PayloadVisitor.EncodeAsync(activity.Info.DataConverter.PayloadCodec, lastHeartbeat);
            return lastHeartbeat;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Repeats an answer while the server is away: the work is done and would have to be done again.</summary>
    private static async Task InsistAsync(Func<Task> answer)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                await answer();
                return;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.Unavailable && DateTime.UtcNow < deadline)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }
}
