using System.Runtime.CompilerServices;
using Temporalio.Common;

namespace Temporalio.Worker;

public class WorkflowReplayer
{
    public WorkflowReplayer(WorkflowReplayerOptions options)
    {
        Options = (WorkflowReplayerOptions)options.Clone();
        if (Options.Plugins is { Count: > 0 })
        {
            throw new NotSupportedException("WorkflowReplayerOptions.Plugins are not supported by this stand-in");
        }

        if (Options.Workflows.Count == 0)
        {
            throw new ArgumentException("The replayer needs at least one workflow");
        }
    }

    public WorkflowReplayerOptions Options { get; }

    public async Task<WorkflowReplayResult> ReplayWorkflowAsync(
        WorkflowHistory history, bool throwOnReplayFailure = true, CancellationToken cancellationToken = default)
    {
        var results = await ReplayWorkflowsAsync([history], throwOnReplayFailure, cancellationToken);
        return results.Single();
    }

    public async Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        IEnumerable<WorkflowHistory> histories, bool throwOnReplayFailure = false, CancellationToken cancellationToken = default)
    {
        var results = new List<WorkflowReplayResult>();
        foreach (var history in histories)
        {
            results.Add(await ReplayOneAsync(history, throwOnReplayFailure, cancellationToken));
        }

        return results;
    }

    public async IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        IAsyncEnumerable<WorkflowHistory> histories,
        bool throwOnReplayFailure = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var history in histories.WithCancellation(cancellationToken))
        {
            yield return await ReplayOneAsync(history, throwOnReplayFailure, cancellationToken);
        }
    }

    private Task<WorkflowReplayResult> ReplayOneAsync(
        WorkflowHistory history, bool throwOnReplayFailure, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This build of the stand-in has no replayer");
}
