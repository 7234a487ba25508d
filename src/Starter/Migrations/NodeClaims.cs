using Dualstack.Workflows;
using Temporalio.Client;

namespace Dualstack.Starter.Migrations;

/// <summary>Says that nodes were replaced, and reads what the migration makes of it.</summary>
internal sealed class NodeClaims(ITemporalClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public Task SendAsync(ShootKey shoot, OperatorRequest claim, CancellationToken cancellationToken) =>
        client.GetWorkflowHandle(shoot.WorkflowId()).SignalAsync(
            MessageNames.NodeRolloutCompleted,
            [claim],
            new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });

    /// <returns>The verdict; null if none came within 5 s.</returns>
    public async Task<ClaimVerdict?> VerdictAsync(ShootKey shoot, string requestId, CancellationToken cancellationToken)
    {
        var reader = new MigrationReader(client);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        ClaimVerdict? latest = null;
        try
        {
            while (true)
            {
                if (await reader.QueryAsync(shoot, patience.Token) is not { } status)
                {
                    return latest;
                }

                if (status.Claim?.RequestId == requestId)
                {
                    latest = status.Claim;
                    if (latest.State != ClaimState.Recorded)
                    {
                        return latest;
                    }
                }

                await Task.Delay(Pace, patience.Token);
            }
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return latest;
        }
    }
}
