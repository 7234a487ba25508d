namespace Temporalio.Workflows;

public record WorkflowUpdateInfo(string Id, string Name)
{
    internal Dictionary<string, object> LoggerScope => new() { ["UpdateId"] = Id, ["UpdateName"] = Name };
}
