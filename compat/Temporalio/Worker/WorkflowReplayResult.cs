using Temporalio.Common;

namespace Temporalio.Worker;

public record WorkflowReplayResult(WorkflowHistory History, Exception? ReplayFailure);
