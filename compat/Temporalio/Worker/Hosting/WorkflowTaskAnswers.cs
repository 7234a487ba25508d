using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>What a worker tells the server about workflow tasks.</summary>
internal sealed class WorkflowTaskAnswers(WorkerContext context, WorkflowEngineOptions engine, string? stickyQueue, ActivityWorker? activities)
{
    internal async Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(
        PollWorkflowTaskQueueResponse task,
        WorkflowRun run,
        WorkflowTaskOutcome outcome,
        Dictionary<string, WorkflowQueryResult> queries,
        bool heartbeat)
    {
        var request = new RespondWorkflowTaskCompletedRequest
        {
            TaskToken = task.TaskToken,
            Namespace = context.Namespace,
            Identity = context.Identity,
            Commands = { outcome.Commands },
            QueryResults = { queries },
            ReturnNewWorkflowTask = stickyQueue != null || heartbeat,
            ForceCreateNewWorkflowTask = heartbeat,
            WorkerVersionStamp = context.VersionStamp,
            SdkMetadata = context.ServerCapabilities.SdkMetadata ? run.Flags.TakeNew() : null,
            Capabilities = new() { DiscardSpeculativeWorkflowTaskWithEvents = true },
            WorkerInstanceKey = context.InstanceKey,
            DeploymentOptions = context.Deployment,
            StickyAttributes = stickyQueue == null
                ? null
                : new()
                {
                    WorkerTaskQueue = new() { Name = stickyQueue, Kind = TaskQueueKind.Sticky, NormalName = context.TaskQueue },
                    ScheduleToStartTimeout = Duration.FromTimeSpan(context.Options.StickyQueueScheduleToStartTimeout),
                },
        };
        if (context.Deployment != null)
        {
            request.VersioningBehavior = (VersioningBehavior)(int)(run.Definition.VersioningBehavior is { } own && own != 0
                ? own
                : context.Options.DeploymentOptions!.DefaultVersioningBehavior);
        }

        var reserved = ReserveEager(request);
        try
        {
            var codec = CodecOf(task);
            foreach (var command in request.Commands)
            {
                await codec.EncodeAsync(command);
            }

            foreach (var answer in request.QueryResults.Values)
            {
                await PayloadVisitor.EncodeAsync(codec.Own, answer);
            }

            foreach (var message in outcome.Messages)
            {
                var body = message.Body;
                if (codec.Own != null)
                {
                    body = (Google.Protobuf.IMessage)body.Descriptor.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteString(body));
                    await PayloadVisitor.EncodeAsync(codec.Own, body);
                }

                request.Messages.Add((message with { Body = body }).ToProto());
            }

            var response = await context.Service.RespondWorkflowTaskCompletedAsync(request, WorkerContext.Answer());
            foreach (var eager in response.ActivityTasks)
            {
                reserved--;
                activities?.StartReserved(eager);
            }

            return response;
        }
        finally
        {
            for (; reserved > 0; reserved--)
            {
                activities?.ReleaseReserved();
            }
        }
    }

    internal async Task FailAsync(PollWorkflowTaskQueueResponse task, WorkflowTaskFailedCause cause, Exception e) =>
        await context.Service.RespondWorkflowTaskFailedAsync(
            new()
            {
                TaskToken = task.TaskToken,
                Namespace = context.Namespace,
                Identity = context.Identity,
                Cause = cause,
                Failure = await EncodedFailureAsync(task, e),
                WorkerVersion = context.VersionStamp,
            },
            WorkerContext.Answer());

    internal async Task AnswerQueryAsync(PollWorkflowTaskQueueResponse task, WorkflowQueryResult result)
    {
        await PayloadVisitor.EncodeAsync(CodecOf(task).Own, result);
        await SendQueryAnswerAsync(task, result);
    }

    internal async Task FailQueryAsync(
        PollWorkflowTaskQueueResponse task, Exception e, WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.Unspecified)
    {
        var failure = await EncodedFailureAsync(task, e);
        await SendQueryAnswerAsync(
            task, new() { ResultType = QueryResultType.Failed, ErrorMessage = failure.Message, Failure = failure }, cause);
    }

    private async Task SendQueryAnswerAsync(
        PollWorkflowTaskQueueResponse task,
        WorkflowQueryResult result,
        WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.Unspecified) =>
        await context.Service.RespondQueryTaskCompletedAsync(
            new()
            {
                TaskToken = task.TaskToken,
                Namespace = context.Namespace,
                CompletedType = result.ResultType,
                QueryResult = result.Answer,
                ErrorMessage = result.ErrorMessage,
                Failure = result.Failure,
                Cause = cause,
            },
            WorkerContext.Answer());

    private WorkflowCodec CodecOf(PollWorkflowTaskQueueResponse task) =>
        engine.CodecOf(task.WorkflowExecution.WorkflowId, task.WorkflowType?.Name);

    /// <summary>Makes the failure that tells of <paramref name="e"/>, in plain text where the user's converters fail in their turn.</summary>
    private async Task<Failure> EncodedFailureAsync(PollWorkflowTaskQueueResponse task, Exception e)
    {
        try
        {
            var failure = engine.DataConverter.FailureConverter.ToFailure(e, engine.DataConverter.PayloadConverter);
            await PayloadVisitor.EncodeAsync(CodecOf(task).Own, failure);
            return failure;
        }
        catch (Exception inner)
        {
            return new() { Message = $"Failed converting exception: {inner}", ApplicationFailureInfo = new() { Type = e.GetType().Name } };
        }
    }

    /// <summary>Takes slots for activities that may come back with the answer, and withdraws the wish where there is none.</summary>
    private int ReserveEager(RespondWorkflowTaskCompletedRequest request)
    {
        var reserved = 0;
        foreach (var command in request.Commands)
        {
            if (command.ScheduleActivityTaskCommandAttributes is not { RequestEagerExecution: true } schedule)
            {
                continue;
            }

            if (activities != null && reserved < context.Options.MaxEagerActivityReservationsPerWorkflowTask && activities.TryReserve())
            {
                reserved++;
            }
            else
            {
                schedule.RequestEagerExecution = false;
            }
        }

        return reserved;
    }
}
