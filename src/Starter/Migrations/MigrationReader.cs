using Dualstack.Starter.Cli;
using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Starter.Migrations;

/// <summary>Reads where a migration stands: from the workflow if a worker answers, else from what Temporal itself knows.</summary>
internal sealed class MigrationReader(ITemporalClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<MigrationView> ReadAsync(ShootKey shoot, CancellationToken cancellationToken)
    {
        var handle = client.GetWorkflowHandle(shoot.WorkflowId());
        WorkflowExecutionDescription execution;
        try
        {
            execution = await handle.DescribeAsync(new WorkflowDescribeOptions { Rpc = Rpc(cancellationToken) });
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw await MissingNamespace.OrAsync(
                client,
                e,
                new CliException(ExitCode.NotFound, $"No migration of {shoot} is known (garden {shoot.Garden}); start it with: dualstack migrate {shoot}", e),
                cancellationToken);
        }

        return execution.Status switch
        {
            WorkflowExecutionStatus.Running => Open(shoot, execution, await QueryAsync(handle, cancellationToken)),
            WorkflowExecutionStatus.Completed => Ended(shoot, execution, await handle.GetResultAsync<ShootMigrationResult>(rpcOptions: Rpc(cancellationToken))),
            WorkflowExecutionStatus.Canceled => Cancelled(shoot, execution, await QueryAsync(handle, cancellationToken)),
            _ => await FailedAsync(shoot, handle, execution),
        };
    }

    public async Task<ShootMigrationStatus?> QueryAsync(ShootKey shoot, CancellationToken cancellationToken) =>
        await QueryAsync(client.GetWorkflowHandle(shoot.WorkflowId()), cancellationToken);

    private static async Task<ShootMigrationStatus?> QueryAsync(WorkflowHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            return await handle.QueryAsync<ShootMigrationStatus>(
                MessageNames.Status,
                [],
                new WorkflowQueryOptions
                {
                    Rpc = new RpcOptions { Timeout = Patience, Retry = false, CancellationToken = cancellationToken },
                });
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is RpcTimeoutOrCanceledException or RpcException { Code: not RpcException.StatusCode.NotFound } or WorkflowQueryFailedException)
        {
            return null;
        }
    }

    private static MigrationView Open(ShootKey shoot, WorkflowExecutionDescription execution, ShootMigrationStatus? status)
    {
        if (status is null)
        {
            return Common(shoot, execution) with
            {
                Phase = MigrationPhase.Running,
                Sentence = "No worker answered within 5 s; this is what Temporal itself knows. Nothing is lost.",
                NextCommand = "dotnet run --project src/Worker",
            };
        }

        return Common(shoot, execution) with
        {
            Phase = status.Blocked is not null ? MigrationPhase.Blocked
                : status.WaitingFor == WaitingFor.Help ? MigrationPhase.WaitsForPerson
                : Phase(status.WaitingFor),
            WorkerAnswered = true,
            Stage = status.Stage.ToString(),
            StageSince = status.StageSince,
            WaitingFor = status.WaitingFor.ToString(),
            WaitingSince = status.WaitingSince,
            Sentence = status.Blocked?.Sentence ?? status.Sentence,
            NextCommand = status.Blocked?.NextCommand ?? status.NextCommand,
            Blocked = status.Blocked,
            Nodes = status.Nodes,
            Claim = status.Claim,
            Waivers = status.Waivers,
            StartedAt = status.StartedAt == default ? execution.StartTime : status.StartedAt,
        };
    }

    private static MigrationView Ended(ShootKey shoot, WorkflowExecutionDescription execution, ShootMigrationResult result) => Common(shoot, execution) with
    {
        Phase = Phase(result.Outcome),
        WorkerAnswered = true,
        Outcome = result.Outcome,
        Stage = result.Stage.ToString(),
        WaitingFor = null,
        Sentence = result.Sentence,
        Waivers = result.Waivers,
        StartedAt = result.StartedAt == default ? execution.StartTime : result.StartedAt,
        EndedAt = result.EndedAt == default ? execution.CloseTime : result.EndedAt,
    };

    /// <summary>A cancelled workflow has no result; in which state it left the shoot is in its own answer.</summary>
    private static MigrationView Cancelled(ShootKey shoot, WorkflowExecutionDescription execution, ShootMigrationStatus? status) => Common(shoot, execution) with
    {
        Phase = MigrationPhase.Cancelled,
        WorkerAnswered = status is not null,
        WaitingFor = null,
        Sentence = status?.Sentence ?? "Cancelled. No worker answered within 5 s; a worker can say in which state the shoot was left.",
        NextCommand = $"dualstack migrate {shoot}",
    };

    private static async Task<MigrationView> FailedAsync(ShootKey shoot, WorkflowHandle handle, WorkflowExecutionDescription execution)
    {
        var why = "It did not complete.";
        try
        {
            await handle.GetResultAsync(followRuns: false);
        }
        catch (WorkflowFailedException e)
        {
            why = e.InnerException?.Message ?? e.Message;
        }

        return Common(shoot, execution) with
        {
            Phase = execution.Status == WorkflowExecutionStatus.Terminated ? MigrationPhase.Terminated : MigrationPhase.Failed,
            WorkerAnswered = true,
            WaitingFor = null,
            Sentence = why,
            NextCommand = $"dualstack migrate {shoot}",
        };
    }

    private static MigrationView Common(ShootKey shoot, WorkflowExecution execution) => new()
    {
        Shoot = shoot,
        WorkflowId = execution.Id,
        RunId = execution.RunId,
        Phase = MigrationPhase.Running,
        Stage = execution.TypedSearchAttributes.TextOf(MigrationSearchAttributes.Stage),
        WaitingFor = execution.TypedSearchAttributes.TextOf(MigrationSearchAttributes.WaitingFor),
        StageSince = execution.TypedSearchAttributes.TryGetValue(MigrationSearchAttributes.StageSince, out var since) ? since : null,
        StartedAt = execution.StartTime,
        EndedAt = execution.CloseTime is { } closed ? new DateTimeOffset(closed) : null,
    };

    /// <summary>Where a migration is by Temporal's own records, which do not tell a block from another wait for help.</summary>
    public static MigrationPhase Phase(WorkflowExecutionStatus status, string? outcome, string? waitingFor) => status switch
    {
        WorkflowExecutionStatus.Running => Enum.TryParse<WaitingFor>(waitingFor, out var waits) ? Phase(waits) : MigrationPhase.Running,
        WorkflowExecutionStatus.Completed when Enum.TryParse<MigrationOutcome>(outcome, out var ended) => Phase(ended),
        WorkflowExecutionStatus.Completed => MigrationPhase.Succeeded,
        WorkflowExecutionStatus.Canceled => MigrationPhase.Cancelled,
        WorkflowExecutionStatus.Terminated => MigrationPhase.Terminated,
        _ => MigrationPhase.Failed,
    };

    private static MigrationPhase Phase(WaitingFor waitingFor) => waitingFor switch
    {
        WaitingFor.Help => MigrationPhase.Blocked,
        WaitingFor.Operator or WaitingFor.Approval or WaitingFor.Resume => MigrationPhase.WaitsForPerson,
        _ => MigrationPhase.Running,
    };

    private static MigrationPhase Phase(MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.Succeeded or MigrationOutcome.SucceededWithWaivers => MigrationPhase.Succeeded,
        MigrationOutcome.NotApplicable => MigrationPhase.NotApplicable,
        MigrationOutcome.Reverted => MigrationPhase.Reverted,
        _ => MigrationPhase.Cancelled,
    };

    private static RpcOptions Rpc(CancellationToken cancellationToken) =>
        new() { Timeout = TimeSpan.FromSeconds(10), CancellationToken = cancellationToken };
}
