using Dualstack.Gardener.Shoots;
using Dualstack.Starter.Cli;
using Dualstack.Worker.Temporal;
using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Starter.Migrations;

/// <summary>Starts migrations: one open workflow per shoot, whoever starts it.</summary>
internal sealed class MigrationStarter(ITemporalClient client, TimeProvider time)
{
    /// <returns>Whether it was started; false if one is running already.</returns>
    public async Task<bool> StartAsync(
        ShootKey key, Shoot shoot, RolloutMode rollout, MigrationSettings settings, CancellationToken cancellationToken)
    {
        var request = new ShootMigrationRequest
        {
            Shoot = key,
            Uid = shoot.Uid,
            Rollout = rollout,
            RequestedBy = Person.Name,
            Settings = settings,
        };
        try
        {
            await client.StartWorkflowAsync(
                MessageNames.ShootMigrationWorkflow,
                [request],
                new WorkflowOptions(key.WorkflowId(), TaskQueues.Workflows)
                {
                    IdConflictPolicy = WorkflowIdConflictPolicy.Fail,
                    IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate,
                    StaticSummary = $"{key} to dual-stack",
                    TypedSearchAttributes = MigrationSearchAttributes.AtStart(key, time.GetUtcNow()),
                    Rpc = new RpcOptions { CancellationToken = cancellationToken },
                });
            return true;
        }
        catch (WorkflowAlreadyStartedException)
        {
            return false;
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.NotFound)
        {
            throw await NamespaceCheck.ProblemAsync(client, cancellationToken) is { } problem ? new CliException(ExitCode.Error, problem, e) : e;
        }
    }
}
