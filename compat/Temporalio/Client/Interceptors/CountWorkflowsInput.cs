namespace Temporalio.Client.Interceptors;

public record CountWorkflowsInput(string Query, WorkflowCountOptions? Options);
