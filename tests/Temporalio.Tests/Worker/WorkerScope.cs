using Temporalio.Client;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What a test needs to start workflows on the worker that runs for it.</summary>
public sealed record WorkerScope(ITemporalClient Client, string TaskQueue)
{
    public WorkflowOptions Options(string? id = null) => new(id ?? $"wf-{Guid.NewGuid():N}", TaskQueue);
}
