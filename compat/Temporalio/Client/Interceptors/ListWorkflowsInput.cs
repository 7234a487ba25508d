namespace Temporalio.Client.Interceptors;

public record ListWorkflowsInput(string Query, WorkflowListOptions? Options);
