using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;

namespace Temporalio.Client;

public class WorkflowExecutionCount(CountWorkflowExecutionsResponse raw)
{
    public long Count { get; } = raw.Count;

    public IReadOnlyCollection<AggregationGroup> Groups { get; } = [.. raw.Groups.Select(g => new AggregationGroup(g))];

    public class AggregationGroup(CountWorkflowExecutionsResponse.Types.AggregationGroup raw)
    {
        public long Count { get; } = raw.Count;

        public IReadOnlyCollection<object> GroupValues { get; } =
            [.. raw.GroupValues.Select(SearchAttributePayloads.UntypedValue)];
    }
}
