using Dualstack.Starter.Cli;
using Dualstack.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Starter.Commands;

/// <summary>A command that the migration itself answers, so that it needs a worker.</summary>
internal abstract class UpdateCommand(string name, string description, string update, bool takesPools = false)
    : ReasonedCommand(name, description, takesPools)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    protected sealed override async Task<int> ActAsync(
        CliContext context, ITemporalClient client, ShootKey key, OperatorRequest request, CancellationToken cancellationToken)
    {
        await CheckPoolsAsync(client, key, request, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        OperatorAnswer answer;
        try
        {
            answer = await client.GetWorkflowHandle(key.WorkflowId()).ExecuteUpdateAsync<OperatorAnswer>(
                update, [request], new WorkflowUpdateOptions(request.RequestId) { Rpc = new RpcOptions { CancellationToken = patience.Token } });
        }
        catch (WorkflowUpdateFailedException e)
        {
            throw new CliException(ExitCode.Error, $"The migration of {key} refused: {(e.InnerException ?? e).Message}", e);
        }
        catch (Exception e) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException(
                ExitCode.Error,
                $"No worker answered within {Patience.TotalSeconds} s, so nothing is recorded for sure; start one with \"dotnet run --project src/Worker\" and repeat with --request-id {request.RequestId}.",
                e);
        }

        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "Answer", shoot = key, answer.RequestId, answer.Changed, answer.Sentence },
            table => table.WriteLine($"{key}   {(answer.Changed ? "accepted" : "unchanged")}   {answer.Sentence}"));
        context.Output.Say($"Next: dualstack status {key} --watch");
        return ExitCode.Done;
    }
}
