using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed partial class WorkflowRun
{
    private const string StackTraceQuery = "__stack_trace";
    private const string MetadataQuery = "__temporal_workflow_metadata";

    private readonly HandlerDictionary<WorkflowQueryDefinition> queries;
    private WorkflowQueryDefinition? dynamicQuery;

    public IDictionary<string, WorkflowQueryDefinition> Queries => queries;

    public WorkflowQueryDefinition? DynamicQuery
    {
        get => dynamicQuery;
        set
        {
            AssertHandlersMayChange();
            dynamicQuery = value is { Dynamic: false }
                ? throw new ArgumentException($"Query {value.Name} is not dynamic")
                : value;
        }
    }

    internal WorkflowQueryResult Query(string id, WorkflowQuery query)
    {
        var wasReplaying = IsReplaying;
        IsReplaying = true;
        WorkflowQueryResult? answer = null;
        try
        {
            Activate(
                () => QueueTask(() =>
                {
                    answer = Answer(id, query);
                    return Task.CompletedTask;
                }),
                checkConditions: false);
            return answer!;
        }
        finally
        {
            IsReplaying = wasReplaying;
        }
    }

    private static void OnQueryAdded(string name, WorkflowQueryDefinition added) =>
        HandlerDictionary.RequireName(name, added.Name, "query");

    private WorkflowQueryResult Answer(string id, WorkflowQuery query)
    {
        var issued = commands.Issued;
        WorkflowQueryResult result;
        try
        {
            // Its constructor may set handlers, a query may not.
            _ = Instance;
            inQueryOrValidator = true;
            var value = query.QueryType switch
            {
                StackTraceQuery => new RawValue(DataConverter.Default.PayloadConverter.ToPayload(DescribeStacks())),
                MetadataQuery => new RawValue(DataConverter.Default.PayloadConverter.ToPayload(DescribeWorkflow())),
                _ => CallQuery(id, query),
            };
            result = new()
            {
                ResultType = QueryResultType.Answered,
                Answer = new() { Payloads_ = { PayloadConverter.ToPayload(value) } },
            };
        }
        catch (Exception e)
        {
            var failure = FailureConverter.ToFailure(e, PayloadConverter);
            result = new() { ResultType = QueryResultType.Failed, ErrorMessage = failure.Message, Failure = failure };
        }
        finally
        {
            inQueryOrValidator = false;
        }

        if (commands.Issued != issued)
        {
            activationFailure ??= new InvalidOperationException(
                $"The handler of query {query.QueryType} issued workflow commands, which a query must not");
        }

        return result;
    }

    private object? CallQuery(string id, WorkflowQuery query)
    {
        var name = query.QueryType;
        var handler = queries.TryGetValue(name, out var named) ? named : HandlerNames.IsReserved(name) ? null : dynamicQuery;
        if (handler == null)
        {
            throw new InvalidOperationException(
                $"Query handler for {name} expected but not found, known queries: [{string.Join(" ", queries.Keys.Order())}]");
        }

        var args = DecodeArgs(handler.SignatureMethod, query.QueryArgs.OrEmpty(), $"Query {name}", handler.Dynamic, name);
        return Interceptors.Inbound.HandleQuery(new(id, name, handler, args, query.Header.ToFields()));
    }

    private string DescribeStacks()
    {
        if (stackTraces == null)
        {
            throw new InvalidOperationException(
                "Stack traces are not enabled on this worker: set TemporalWorkerOptions.WorkflowStackTrace");
        }

        return string.Join("\n\n", stackTraces.Select(trace => string.Join(
            '\n',
            trace.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => !line.Contains("at Temporalio.", StringComparison.Ordinal) &&
                    !line.Contains("at System.Threading.", StringComparison.Ordinal) &&
                    !line.Contains("at System.Runtime.", StringComparison.Ordinal) &&
                    !line.Contains("at System.Reflection.", StringComparison.Ordinal)))).Where(text => text.Length > 0)
            .Select(text => $"Task waiting at:\n{text}"));
    }

    private WorkflowMetadata DescribeWorkflow() => new()
    {
        CurrentDetails = CurrentDetails,
        Definition = new()
        {
            Type = Info.WorkflowType,
            QueryDefinitions = { Describe(queries.Values.Select(q => (q.Name, q.Description)), DynamicQuery?.Description, DynamicQuery != null) },
            SignalDefinitions = { Describe(signals.Values.Select(s => (s.Name, s.Description)), DynamicSignal?.Description, DynamicSignal != null) },
            UpdateDefinitions = { Describe(updates.Values.Select(u => (u.Name, u.Description)), DynamicUpdate?.Description, DynamicUpdate != null) },
        },
    };

    private static IEnumerable<WorkflowInteractionDefinition> Describe(
        IEnumerable<(string? Name, string? Description)> handlers, string? dynamicDescription, bool hasDynamic) =>
        (hasDynamic ? [(null, dynamicDescription)] : Array.Empty<(string?, string?)>())
            .Concat(handlers.OrderBy(h => h.Name, StringComparer.Ordinal))
            .Select(h => new WorkflowInteractionDefinition { Name = h.Item1 ?? string.Empty, Description = h.Item2 ?? string.Empty });
}
