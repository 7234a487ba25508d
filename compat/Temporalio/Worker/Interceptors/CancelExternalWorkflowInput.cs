namespace Temporalio.Worker.Interceptors;

public record CancelExternalWorkflowInput(string Id, string? RunId);
