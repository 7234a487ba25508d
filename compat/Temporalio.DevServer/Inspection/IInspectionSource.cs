using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Inspection;

/// <summary>What the inspection page reads; everything in the terms of the public API.</summary>
internal interface IInspectionSource
{
    /// <summary>The server's own time, which a test may have moved.</summary>
    DateTime Now { get; }

    Task<ListNamespacesResponse> ListNamespacesAsync(CancellationToken cancellationToken);

    /// <exception cref="InspectionException">The filter is not valid, with the service's own words.</exception>
    Task<ListWorkflowExecutionsResponse> ListAsync(ListWorkflowExecutionsRequest request, CancellationToken cancellationToken);

    /// <exception cref="InspectionException">The filter is not valid, with the service's own words.</exception>
    Task<CountWorkflowExecutionsResponse> CountAsync(CountWorkflowExecutionsRequest request, CancellationToken cancellationToken);

    /// <exception cref="InspectionException">There is no such workflow.</exception>
    Task<DescribeWorkflowExecutionResponse> DescribeAsync(DescribeWorkflowExecutionRequest request, CancellationToken cancellationToken);

    /// <exception cref="InspectionException">There is no such workflow.</exception>
    Task<History> HistoryAsync(string @namespace, string workflowId, string runId, CancellationToken cancellationToken);

    /// <summary>The workflow's own description of itself, asked of the workers of its task queue.</summary>
    Task<MetadataAnswer> MetadataAsync(string @namespace, string workflowId, string runId, string taskQueue, CancellationToken cancellationToken);
}
