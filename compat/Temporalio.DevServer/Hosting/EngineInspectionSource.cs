using Microsoft.Data.Sqlite;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Inspection;
using Temporalio.DevServer.Services;

namespace Temporalio.DevServer.Hosting;

/// <summary>Lets the inspection page read through the same services that clients use.</summary>
internal sealed class EngineInspectionSource(EngineCore engine) : IInspectionSource
{
    private const string MetadataQuery = "__temporal_workflow_metadata";
    private static readonly TimeSpan PollerPresence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MetadataPatience = TimeSpan.FromSeconds(2);

    private readonly VisibilityService lists = new(engine);
    private readonly DescribeService describe = new(engine);
    private readonly HistoryService histories = new(engine);
    private readonly QueryService queries = new(engine);

    public DateTime Now => engine.Clock.GetUtcNow().UtcDateTime;

    public Task<ListNamespacesResponse> ListNamespacesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new NamespaceService(engine).List(new ListNamespacesRequest()));

    public Task<ListWorkflowExecutionsResponse> ListAsync(ListWorkflowExecutionsRequest request, CancellationToken cancellationToken) =>
        Told(() => Task.FromResult(lists.List(request)));

    public Task<CountWorkflowExecutionsResponse> CountAsync(CountWorkflowExecutionsRequest request, CancellationToken cancellationToken) =>
        Told(() => Task.FromResult(lists.Count(request)));

    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(DescribeWorkflowExecutionRequest request, CancellationToken cancellationToken) =>
        Told(() => describe.DescribeAsync(request, Call(cancellationToken)));

    public Task<History> HistoryAsync(string @namespace, string workflowId, string runId, CancellationToken cancellationToken) => Told(async () =>
    {
        var history = new History();
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = @namespace,
            Execution = new WorkflowExecution { WorkflowId = workflowId, RunId = runId },
        };
        do
        {
            var page = await histories.GetAsync(request, Call(cancellationToken)).ConfigureAwait(false);
            history.Events.Add(page.History.Events);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        return history;
    });

    public async Task<MetadataAnswer> MetadataAsync(
        string @namespace, string workflowId, string runId, string taskQueue, CancellationToken cancellationToken)
    {
        if (engine.Queues.Find(@namespace, taskQueue, activity: false)?.HasRecentPoller(PollerPresence) != true)
        {
            return MetadataAnswer.None($"No worker polls the task queue {taskQueue}, so there are no current details.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(MetadataPatience);
        try
        {
            var answer = await queries.QueryAsync(
                new QueryWorkflowRequest
                {
                    Namespace = @namespace,
                    Execution = new WorkflowExecution { WorkflowId = workflowId, RunId = runId },
                    Query = new WorkflowQuery { QueryType = MetadataQuery },
                },
                Call(patience.Token)).ConfigureAwait(false);
            var payload = answer.QueryResult?.Payloads_.FirstOrDefault();
            return MetadataAnswer.Of(payload is null
                ? null
                : new JsonParser(JsonParser.Settings.Default.WithIgnoreUnknownFields(true)).Parse<WorkflowMetadata>(payload.Data.ToStringUtf8()));
        }
        catch (OperationCanceledException)
        {
            return MetadataAnswer.None($"No worker answered within {MetadataPatience.TotalSeconds} seconds, so there are no current details.");
        }
        catch (Exception e) when (e is GrpcException or InvalidProtocolBufferException or InvalidJsonException)
        {
            return MetadataAnswer.None($"There are no current details: {e.Message}");
        }
    }

    private static GrpcCall Call(CancellationToken cancellationToken) => new(new Dictionary<string, string>(), null, cancellationToken);

    private static async Task<T> Told<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (GrpcException e)
        {
            throw new InspectionException(e.Status == StatusCode.NotFound ? 404 : 400, e.Message);
        }
        catch (SqliteException e)
        {
            throw new InspectionException(400, $"The database cannot answer this: {e.Message}");
        }
    }
}
