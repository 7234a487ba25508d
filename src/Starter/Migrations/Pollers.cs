using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Dualstack.Starter.Migrations;

/// <summary>Whether workers take tasks from a task queue.</summary>
internal static class Pollers
{
    public static async Task<int> CountAsync(ITemporalClient client, string taskQueue, TaskQueueType type, CancellationToken cancellationToken)
    {
        var answer = await client.Connection.WorkflowService.DescribeTaskQueueAsync(
            new DescribeTaskQueueRequest
            {
                Namespace = client.Options.Namespace,
                TaskQueue = new TaskQueue { Name = taskQueue },
                TaskQueueType = type,
            },
            new RpcOptions { Timeout = TimeSpan.FromSeconds(5), CancellationToken = cancellationToken });
        return answer.Pollers.Count;
    }
}
