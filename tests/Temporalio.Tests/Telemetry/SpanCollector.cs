using System.Collections.Concurrent;
using System.Diagnostics;

namespace Dualstack.Temporalio.Tests.Telemetry;

/// <summary>Keeps the spans of Temporal's sources that carry one workflow's id or descend from those that do.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly ConcurrentQueue<Activity> spans = new();
    private readonly ActivityListener listener;

    internal SpanCollector()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name.StartsWith("Temporalio.Extensions.OpenTelemetry", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose() => listener.Dispose();

    internal Activity One(string name, string workflowId) =>
        Assert.Single(Of(workflowId), span => span.OperationName == name);

    internal IEnumerable<Activity> Of(string workflowId)
    {
        var traces = spans.Where(span => Equals(span.GetTagItem("temporalWorkflowID"), workflowId)).Select(span => span.TraceId).ToHashSet();
        return spans.Where(span => traces.Contains(span.TraceId));
    }
}
