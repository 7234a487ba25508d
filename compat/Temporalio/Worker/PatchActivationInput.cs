using Temporalio.Workflows;

namespace Temporalio.Worker;

public record PatchActivationInput(WorkflowInfo WorkflowInfo, string PatchId);
