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

    /// <returns>What there is within 5 s.</returns>
    public async Task<ClaimAnswer> AnswerAsync(ShootKey shoot, string requestId, CancellationToken cancellationToken)
    {
        var reader = new MigrationReader(client);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var latest = ClaimAnswer.Nobody;
        try
        {
            while (true)
            {
                if (await reader.QueryAsync(shoot, patience.Token) is not { } status)
                {
                    return latest;
                }

                // The signal was acknowledged before the query was asked, so whoever answers has seen it.
                latest = new ClaimAnswer(true, null) { IsOvertaken = status.Claim is { } other && other.RequestId != requestId };
                if (latest.IsOvertaken)
                {
                    return latest;
                }

                latest = latest with { Verdict = status.Claim };
                if (latest.Verdict is { State: not ClaimState.Recorded })
                {
                    return latest;
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
