using System.Text.Json;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Dualstack.Temporalio.Tests.Converters;

public sealed class WorkflowHistoryJsonTests
{
    // What 'temporal workflow show --output json' writes today.
    private const string Current = """
        {"events":[
          {"eventId":"1","eventTime":"2026-01-02T03:04:05.123Z","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED","taskId":"1048576",
           "workflowExecutionStartedEventAttributes":{
             "workflowType":{"name":"Roll"},"taskQueue":{"name":"q","kind":"TASK_QUEUE_KIND_NORMAL"},
             "input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"IngiCg=="}]},
             "workflowRunTimeout":"0s","workflowTaskTimeout":"10s","originalExecutionRunId":"r1","attempt":1,
             "somethingNewer":{"a":1}}},
          {"eventId":"2","eventTime":"2026-01-02T03:04:06Z","eventType":"EVENT_TYPE_WORKFLOW_TASK_FAILED",
           "workflowTaskFailedEventAttributes":{"cause":"WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR"}}
        ]}
        """;

    // The same from older tools.
    private const string Old = """
        {"events":[
          {"eventId":"1","eventTime":"2026-01-02T03:04:05.123Z","eventType":"WorkflowExecutionStarted","taskId":"1048576",
           "workflowExecutionStartedEventAttributes":{
             "workflowType":{"name":"Roll"},"taskQueue":{"name":"q","kind":"Normal"},
             "input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"IngiCg=="}]},
             "workflowRunTimeout":"0s","workflowTaskTimeout":"10s","originalExecutionRunId":"r1","attempt":1}},
          {"eventId":"2","eventTime":"2026-01-02T03:04:06Z","eventType":"WorkflowTaskFailed",
           "workflowTaskFailedEventAttributes":{"cause":"NonDeterministicError"}}
        ]}
        """;

    [Theory]
    [InlineData(Current)]
    [InlineData(Old)]
    public void FromJson_OfTheCli_IsRead(string json)
    {
        var history = WorkflowHistory.FromJson("w1", json);

        Assert.Equal("w1", history.Id);
        var started = history.Events.First();
        Assert.Equal((1, EventType.WorkflowExecutionStarted, 1048576), (started.EventId, started.EventType, started.TaskId));
        var attributes = started.WorkflowExecutionStartedEventAttributes;
        Assert.Equal(("Roll", "r1", 10), (attributes.WorkflowType.Name, attributes.OriginalExecutionRunId, attributes.WorkflowTaskTimeout.Seconds));
        Assert.Equal(TaskQueueKind.Normal, attributes.TaskQueue.Kind);
        Assert.Equal("\"x\"\n", attributes.Input.Payloads_.Single().Data.ToStringUtf8());
        Assert.Equal(
            WorkflowTaskFailedCause.NonDeterministicError,
            history.Events.Last().WorkflowTaskFailedEventAttributes.Cause);
    }

    [Fact]
    public void ToJson_WritesWhatTheCliWrites()
    {
        var json = WorkflowHistory.FromJson("w1", Old).ToJson();

        var started = JsonDocument.Parse(json).RootElement.GetProperty("events")[0];
        Assert.Equal("EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", started.GetProperty("eventType").GetString());
        Assert.Equal("1", started.GetProperty("eventId").GetString());
        Assert.Equal("10s", started.GetProperty("workflowExecutionStartedEventAttributes").GetProperty("workflowTaskTimeout").GetString());
        Assert.Equal(WorkflowHistory.FromJson("w1", Current).Events, WorkflowHistory.FromJson("w1", json).Events);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    public void FromJson_OfSomethingElse_SaysWhatToExport(string json) =>
        Assert.Throws<ArgumentException>(() => WorkflowHistory.FromJson("w1", json));
}
