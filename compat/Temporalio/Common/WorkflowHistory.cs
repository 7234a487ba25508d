using Temporalio.Api.History.V1;

namespace Temporalio.Common;

public record WorkflowHistory(string Id, IReadOnlyCollection<HistoryEvent> Events)
{
    public static WorkflowHistory FromJson(string workflowId, string json) =>
        new(workflowId, [.. HistoryJson.Parse(json).Events]);

    public string ToJson() => HistoryJson.Format(new History { Events = { Events } });

    public void ToJson(TextWriter writer) => writer.Write(ToJson());
}
