using Dualstack.Starter.Cli;
using Dualstack.Workflows;
using Temporalio.Client;

namespace Dualstack.Starter.Commands;

/// <summary>Cancels a migration.</summary>
internal sealed class CancelCommand() : ReasonedCommand("cancel", "Cancels a migration; what Gardener has begun goes on.", takesPools: false)
{
    protected override async Task<int> ActAsync(
        CliContext context, ITemporalClient client, ShootKey key, OperatorRequest request, CancellationToken cancellationToken)
    {
        var handle = client.GetWorkflowHandle(key.WorkflowId());
        await handle.SignalAsync(
            MessageNames.CancelReason, [request], new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
        await handle.CancelAsync(new WorkflowCancelOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "CancelRequested", shoot = key, request.RequestId },
            table => table.WriteLine($"{key}   cancellation requested"));
        context.Output.Say($"A worker ends it and says in which state the shoot is left. Next: dualstack status {key}");
        return ExitCode.Done;
    }
}
