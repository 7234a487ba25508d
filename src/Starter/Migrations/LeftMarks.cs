using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using WorkflowKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Starter.Migrations;

/// <summary>Finds shoots that carry our marks although no migration of them runs, as one that was terminated leaves them.</summary>
internal static class LeftMarks
{
    private const int Most = 200;

    /// <summary>The marked shoots of a garden, at most 200.</summary>
    public static async Task<IReadOnlyList<ShootKey>> MarkedAsync(IGarden garden, ShootScope scope, CancellationToken cancellationToken)
    {
        List<ShootKey> marked = [];
        await foreach (var page in garden.ListAsync(scope, GardenNames.MigrationSelector, cancellationToken))
        {
            marked.AddRange(page.Items.Select(shoot => shoot.Key).Take(Most - marked.Count));
            if (marked.Count == Most)
            {
                break;
            }
        }

        return marked;
    }

    /// <summary>Those of them of which no migration runs.</summary>
    public static async Task<IReadOnlyList<WorkflowKey>> WithoutMigrationAsync(
        ITemporalClient client, string garden, IReadOnlyList<ShootKey> marked, CancellationToken cancellationToken)
    {
        List<WorkflowKey> left = [];
        foreach (var shoot in marked.Select(key => new WorkflowKey(garden, key.Namespace, key.Name)))
        {
            if (!await RunsAsync(client, shoot, cancellationToken))
            {
                left.Add(shoot);
            }
        }

        return left;
    }

    private static async Task<bool> RunsAsync(ITemporalClient client, WorkflowKey shoot, CancellationToken cancellationToken)
    {
        try
        {
            var execution = await client.GetWorkflowHandle(shoot.WorkflowId()).DescribeAsync(
                new WorkflowDescribeOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
            return execution.Status == WorkflowExecutionStatus.Running;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
