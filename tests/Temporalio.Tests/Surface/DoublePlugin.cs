using Temporalio.Client;
using Temporalio.Worker;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>A plugin for clients that wants to be one for their workers too.</summary>
internal sealed class DoublePlugin : ITemporalClientPlugin, ITemporalWorkerPlugin
{
    public string Name => "both";

    public void ConfigureClient(TemporalClientOptions options)
    {
    }

    public Task<TemporalConnection> ConnectAsync(
        TemporalClientConnectOptions options, Func<TemporalClientConnectOptions, Task<TemporalConnection>> continuation) => continuation(options);

    public void ConfigureWorker(TemporalWorkerOptions options)
    {
    }

    public Task<TResult> RunWorkerAsync<TResult>(
        TemporalWorker worker, Func<TemporalWorker, CancellationToken, Task<TResult>> continuation, CancellationToken stoppingToken) =>
        continuation(worker, stoppingToken);

    public void ConfigureReplayer(WorkflowReplayerOptions options)
    {
    }

    public Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        WorkflowReplayer replayer,
        Func<WorkflowReplayer, CancellationToken, Task<IEnumerable<WorkflowReplayResult>>> continuation,
        CancellationToken cancellationToken) => continuation(replayer, cancellationToken);

    public IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        WorkflowReplayer replayer,
        Func<WorkflowReplayer, IAsyncEnumerable<WorkflowReplayResult>> continuation,
        CancellationToken cancellationToken) => continuation(replayer);
}
