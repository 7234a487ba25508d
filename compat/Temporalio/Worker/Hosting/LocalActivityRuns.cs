using System.Threading.Channels;
using Temporalio.Worker.Engine;
using Temporalio.Workflows;

namespace Temporalio.Worker.Hosting;

/// <summary>The local activities of one workflow run that are running on this worker.</summary>
internal sealed class LocalActivityRuns(LocalActivityRunner runner, WorkflowInfo info)
{
    private readonly Channel<LocalActivityResult> results = Channel.CreateUnbounded<LocalActivityResult>();

    internal void Start(LocalActivityOperation operation) =>
        _ = Task.Run(async () => results.Writer.TryWrite(await runner.RunAsync(operation, info)));

    /// <summary>Waits for the next result; null when the deadline comes first.</summary>
    internal async Task<LocalActivityResult?> NextAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero);
        try
        {
            return await results.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
