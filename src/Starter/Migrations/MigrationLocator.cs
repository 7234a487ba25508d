using Dualstack.Gardener.Access;
using Dualstack.Gardener.Garden;
using Dualstack.Starter.Cli;
using Dualstack.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using GardenShoot = Dualstack.Gardener.Shoots.ShootKey;

namespace Dualstack.Starter.Migrations;

/// <summary>Finds the garden of a shoot, which is part of its migration's name: as told, from Temporal, or from the shoot itself.</summary>
internal sealed class MigrationLocator(CliContext context, ITemporalClient client)
{
    public async Task<ShootKey> FindAsync(GardenShoot shoot, CancellationToken cancellationToken)
    {
        if (context.Garden is { } told)
        {
            return new ShootKey(told, shoot.Namespace, shoot.Name);
        }

        var gardens = await GardensAsync(shoot, cancellationToken);
        return gardens.Count switch
        {
            1 => new ShootKey(gardens.Single(), shoot.Namespace, shoot.Name),
            0 => await AskGardenAsync(shoot, cancellationToken),
            _ => throw new CliException(
                ExitCode.Usage, $"There are migrations of {shoot} in several gardens ({string.Join(", ", gardens.Order())}); say which with --garden."),
        };
    }

    private async Task<HashSet<string>> GardensAsync(GardenShoot shoot, CancellationToken cancellationToken)
    {
        var gardens = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var query = $"WorkflowType = '{MessageNames.ShootMigrationWorkflow}' AND {MigrationSearchAttributes.Project.Name} = '{shoot.Namespace}'";
            await foreach (var execution in client.ListWorkflowsAsync(query).WithCancellation(cancellationToken))
            {
                if (ShootKey.TryParseWorkflowId(execution.Id, out var key) && key!.Name == shoot.Name)
                {
                    gardens.Add(key.Garden);
                }
            }
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
        {
            // The search attributes are not registered, so nothing can be found by them.
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw await MissingNamespace.OrAsync(client, e, e, cancellationToken);
        }

        return gardens;
    }

    private async Task<ShootKey> AskGardenAsync(GardenShoot shoot, CancellationToken cancellationToken)
    {
        try
        {
            using var garden = context.OpenGarden();
            var reading = await new GardenClient(garden.Kubernetes).GetAsync(shoot, cancellationToken);
            return reading.Shoot.GardenIdentity is { } identity
                ? new ShootKey(identity, shoot.Namespace, shoot.Name)
                : throw new CliException(ExitCode.Error, $"Shoot {shoot} does not show its garden's identity yet; name it with --garden.");
        }
        catch (GardenAccessException e) when (e.Problem == GardenAccessProblem.NoKubeconfig)
        {
            throw new CliException(
                ExitCode.NotFound,
                $"Temporal at {context.Temporal.Address} knows no migration of {shoot}, and without a kubeconfig the garden cannot be asked; name it with --garden, or start a migration with: dualstack migrate {shoot}",
                e);
        }
    }
}
