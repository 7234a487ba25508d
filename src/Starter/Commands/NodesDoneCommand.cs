using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Workflows;
using Temporalio.Client;

namespace Dualstack.Starter.Commands;

/// <summary>Says that nodes were replaced. The signal is kept also when no worker runs.</summary>
internal sealed class NodesDoneCommand() : ReasonedCommand("done", "Says that the nodes were replaced; the migration checks it.", takesPools: true)
{
    protected override async Task<int> ActAsync(
        CliContext context, ITemporalClient client, ShootKey key, OperatorRequest request, CancellationToken cancellationToken)
    {
        await CheckPoolsAsync(client, key, request, cancellationToken);
        var claims = new NodeClaims(client);
        await claims.SendAsync(key, request, cancellationToken);
        var verdict = await claims.VerdictAsync(key, request.RequestId, cancellationToken);
        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "Claim", shoot = key, request.RequestId, recorded = true, verdict },
            table => table.WriteLine(verdict is null
                ? $"{key}   recorded, will be checked when a worker runs"
                : $"{key}   {verdict.State}   {verdict.Sentence}"));
        foreach (var pool in verdict?.Missing ?? [])
        {
            context.Output.Say($"  pool {pool.Pool}: {pool.Done} of {pool.Total} nodes are dual-stack");
        }

        context.Output.Say($"Next: dualstack status {key} --watch");
        return verdict?.State switch
        {
            ClaimState.Missing => ExitCode.WaitsForPerson,
            ClaimState.UnknownPool => ExitCode.Usage,
            _ => ExitCode.Done,
        };
    }
}
