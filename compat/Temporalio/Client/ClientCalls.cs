using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>The end of the interceptor chain: what the client is asked for becomes calls to the server.</summary>
internal sealed partial class ClientCalls(TemporalClient client) : ClientOutboundInterceptor
{
    private string Namespace => client.Options.Namespace;

    private string Identity => client.Connection.Options.Identity ?? string.Empty;

    private WorkflowService Service => client.Connection.WorkflowService;

    public override async Task SignalWorkflowAsync(SignalWorkflowInput input)
    {
        var converter = ConverterFor(input.Id);
        await Service.SignalWorkflowExecutionAsync(
            new()
            {
                Namespace = Namespace,
                WorkflowExecution = new() { WorkflowId = input.Id, RunId = input.RunId ?? string.Empty },
                SignalName = input.Signal,
                Input = await converter.ToPayloadsOrNullAsync(input.Args),
                Header = await converter.ToHeaderAsync(input.Headers),
                Identity = Identity,
                RequestId = NewRequestId(),
            },
            TemporalClient.DefaultRetryOptions(input.Options?.Rpc));
    }

    public override async Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input)
    {
        var converter = ConverterFor(input.Id);
        var request = new QueryWorkflowRequest
        {
            Namespace = Namespace,
            Execution = new() { WorkflowId = input.Id, RunId = input.RunId ?? string.Empty },
            Query = new()
            {
                QueryType = input.Query,
                QueryArgs = await converter.ToPayloadsOrNullAsync(input.Args),
                Header = await converter.ToHeaderAsync(input.Headers),
            },
            QueryRejectCondition = input.Options?.RejectCondition ?? client.Options.QueryRejectCondition ?? QueryRejectCondition.Unspecified,
        };
        QueryWorkflowResponse response;
        try
        {
            response = await Service.QueryWorkflowAsync(request, TemporalClient.DefaultRetryOptions(input.Options?.Rpc));
        }
        catch (RpcException e) when (e.SingleDetail<QueryFailedFailure>() != null)
        {
            throw new WorkflowQueryFailedException(e.Message);
        }

        if (response.QueryRejected is { } rejected)
        {
            throw new WorkflowQueryRejectedException(rejected.Status);
        }

        return await converter.ToResultAsync<TResult>(response.QueryResult);
    }

    public override async Task<WorkflowExecutionDescription> DescribeWorkflowAsync(DescribeWorkflowInput input)
    {
        var response = await Service.DescribeWorkflowExecutionAsync(
            new() { Namespace = Namespace, Execution = new() { WorkflowId = input.Id, RunId = input.RunId ?? string.Empty } },
            TemporalClient.DefaultRetryOptions(input.Options?.Rpc));
        return new(response, ConverterFor(input.Id));
    }

    public override async Task CancelWorkflowAsync(CancelWorkflowInput input) =>
        await Service.RequestCancelWorkflowExecutionAsync(
            new()
            {
                Namespace = Namespace,
                WorkflowExecution = new() { WorkflowId = input.Id, RunId = input.RunId ?? string.Empty },
                FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty,
                Identity = Identity,
                RequestId = NewRequestId(),
            },
            TemporalClient.DefaultRetryOptions(input.Options?.Rpc));

    public override async Task TerminateWorkflowAsync(TerminateWorkflowInput input) =>
        await Service.TerminateWorkflowExecutionAsync(
            new()
            {
                Namespace = Namespace,
                WorkflowExecution = new() { WorkflowId = input.Id, RunId = input.RunId ?? string.Empty },
                FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty,
                Reason = input.Reason ?? string.Empty,
                Details = await ConverterFor(input.Id).ToPayloadsOrNullAsync(input.Options?.Details),
                Identity = Identity,
            },
            TemporalClient.DefaultRetryOptions(input.Options?.Rpc));

    public override async Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(FetchWorkflowHistoryEventPageInput input)
    {
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Namespace,
            Execution = new() { WorkflowId = input.Id, RunId = input.RunId ?? string.Empty },
            MaximumPageSize = input.PageSize ?? 0,
            NextPageToken = input.NextPageToken == null ? ByteString.Empty : ByteString.CopyFrom(input.NextPageToken),
            WaitNewEvent = input.WaitNewEvent,
            HistoryEventFilterType = input.EventFilterType,
            SkipArchival = input.SkipArchival,
        };
        while (true)
        {
            var response = await Service.GetWorkflowExecutionHistoryAsync(request, TemporalClient.DefaultRetryOptions(input.Rpc));
            var empty = response.History == null || response.History.Events.Count == 0;

            // Nothing new within the server's patience: ask on.
            if (empty && input.WaitNewEvent && !response.NextPageToken.IsEmpty)
            {
                request.NextPageToken = response.NextPageToken;
                continue;
            }

            return new(response.History?.Events ?? [], TokenOrNull(response.NextPageToken));
        }
    }

    public override async IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(ListWorkflowsInput input)
    {
        var limit = input.Options?.Limit ?? 0;
        if (limit < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(input), "Limit cannot be negative");
        }

        var yielded = 0;
        byte[]? token = null;
        do
        {
            var page = await ListPageAsync(input.Query, token, 0, input.Options?.Rpc);
            foreach (var workflow in page.Workflows)
            {
                yield return workflow;
                if (limit > 0 && ++yielded >= limit)
                {
                    yield break;
                }
            }

            token = page.NextPageToken;
        }
        while (token != null);
    }

    public override async Task<WorkflowExecutionCount> CountWorkflowsAsync(CountWorkflowsInput input) =>
        new(await Service.CountWorkflowExecutionsAsync(
            new() { Namespace = Namespace, Query = input.Query }, TemporalClient.DefaultRetryOptions(input.Options?.Rpc)));

    public override Task<WorkflowListPage> ListWorkflowsPaginatedAsync(ListWorkflowsPaginatedInput input) =>
        ListPageAsync(input.Query, input.NextPageToken, input.Options?.PageSize ?? 0, input.Options?.Rpc);

    internal static string NewRequestId() => Guid.NewGuid().ToString();

    private static byte[]? TokenOrNull(ByteString token) => token.IsEmpty ? null : token.ToByteArray();

    private async Task<WorkflowListPage> ListPageAsync(string query, byte[]? token, int pageSize, RpcOptions? rpc)
    {
        var response = await Service.ListWorkflowExecutionsAsync(
            new()
            {
                Namespace = Namespace,
                Query = query,
                PageSize = pageSize,
                NextPageToken = token == null ? ByteString.Empty : ByteString.CopyFrom(token),
            },
            TemporalClient.DefaultRetryOptions(rpc));
        return new(
            [.. response.Executions.Select(e => new WorkflowExecution(e, client.Options.DataConverter, Namespace))],
            TokenOrNull(response.NextPageToken));
    }

    private DataConverter ConverterFor(string workflowId) =>
        client.Options.DataConverter.WithSerializationContext(new ISerializationContext.Workflow(Namespace, workflowId));
}
