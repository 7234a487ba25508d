using System.Text.Json;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Services;

/// <summary>Lists and counts of workflows. Asked to explain, it logs how the database answers each.</summary>
internal sealed class VisibilityService(EngineCore engine, bool explains = false)
{
    private readonly VisibilityReader reader = new(engine.Store, engine.SearchAttributes, explains ? engine.Log : null);

    public ListWorkflowExecutionsResponse List(ListWorkflowExecutionsRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        var (items, next) = reader.List(request.Namespace, request.Query, request.PageSize, request.NextPageToken);
        return new ListWorkflowExecutionsResponse { Executions = { items }, NextPageToken = next };
    }

    public ScanWorkflowExecutionsResponse Scan(ScanWorkflowExecutionsRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        var (items, next) = reader.List(request.Namespace, request.Query, request.PageSize, request.NextPageToken);
        return new ScanWorkflowExecutionsResponse { Executions = { items }, NextPageToken = next };
    }

    public ListOpenWorkflowExecutionsResponse ListOpen(ListOpenWorkflowExecutionsRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        var filter = Filter("ExecutionStatus = 'Running'", "StartTime", request.StartTimeFilter, request.ExecutionFilter, request.TypeFilter, null);
        var (items, next) = reader.List(request.Namespace, filter, request.MaximumPageSize, request.NextPageToken);
        return new ListOpenWorkflowExecutionsResponse { Executions = { items }, NextPageToken = next };
    }

    public ListClosedWorkflowExecutionsResponse ListClosed(ListClosedWorkflowExecutionsRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        var filter = Filter(
            "ExecutionStatus != 'Running'", "CloseTime", request.StartTimeFilter, request.ExecutionFilter, request.TypeFilter, request.StatusFilter);
        var (items, next) = reader.List(request.Namespace, filter, request.MaximumPageSize, request.NextPageToken);
        return new ListClosedWorkflowExecutionsResponse { Executions = { items }, NextPageToken = next };
    }

    public CountWorkflowExecutionsResponse Count(CountWorkflowExecutionsRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        var (total, groups) = reader.Count(request.Namespace, request.Query);
        var response = new CountWorkflowExecutionsResponse { Count = total };
        response.Groups.Add((groups ?? []).Select(static group => new CountWorkflowExecutionsResponse.Types.AggregationGroup
        {
            Count = group.Count,
            GroupValues =
            {
                new Payload
                {
                    Metadata =
                    {
                        ["encoding"] = ByteString.CopyFromUtf8("json/plain"),
                        ["type"] = ByteString.CopyFromUtf8("Keyword"),
                    },
                    Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(group.Status)),
                },
            },
        }));
        return response;
    }

    public GetSearchAttributesResponse GetSearchAttributes(GetSearchAttributesRequest request)
    {
        var response = new GetSearchAttributesResponse();
        foreach (var (name, type) in SearchAttributeRegistry.System.Concat(SearchAttributeRegistry.Predefined).Concat(engine.SearchAttributes.Custom))
        {
            response.Keys[name] = type;
        }

        return response;
    }

    private static string Filter(
        string status, string timeName, StartTimeFilter? times, WorkflowExecutionFilter? execution, WorkflowTypeFilter? type, StatusFilter? closed)
    {
        var parts = new List<string> { status };
        if (times?.EarliestTime is { } from)
        {
            parts.Add($"{timeName} >= '{from.ToDateTimeOffset():O}'");
        }

        if (times?.LatestTime is { } to)
        {
            parts.Add($"{timeName} <= '{to.ToDateTimeOffset():O}'");
        }

        if (execution is { WorkflowId.Length: > 0 })
        {
            parts.Add($"WorkflowId = '{Quote(execution.WorkflowId)}'");
        }

        if (type is { Name.Length: > 0 })
        {
            parts.Add($"WorkflowType = '{Quote(type.Name)}'");
        }

        if (closed is not null)
        {
            parts.Add($"ExecutionStatus = {(int)closed.Status}");
        }

        return string.Join(" AND ", parts);
    }

    private static string Quote(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
