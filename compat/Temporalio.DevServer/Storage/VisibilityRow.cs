namespace Temporalio.DevServer.Storage;

/// <summary>One workflow as lists show and filters see it. Times in ticks of 100 ns, UTC.</summary>
internal sealed record VisibilityRow
{
    public required string Namespace { get; init; }

    public required string WorkflowId { get; init; }

    public required string RunId { get; init; }

    public required string WorkflowType { get; init; }

    public required string TaskQueue { get; init; }

    public required int Status { get; init; }

    public required long StartTime { get; init; }

    public required long ExecutionTime { get; init; }

    public long? CloseTime { get; init; }

    public required long HistoryLength { get; init; }

    public required long HistorySize { get; init; }

    public required long Transitions { get; init; }

    public required string ParentWorkflowId { get; init; }

    public required string ParentRunId { get; init; }

    public required string RootWorkflowId { get; init; }

    public required string RootRunId { get; init; }

    public byte[]? Memo { get; init; }

    public byte[]? SearchAttributes { get; init; }

    /// <summary>Name and typed value; several rows for a keyword list. Null when they did not change.</summary>
    public IReadOnlyList<(string Name, object Value)>? Values { get; init; }
}
