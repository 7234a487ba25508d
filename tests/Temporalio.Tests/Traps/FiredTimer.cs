using Dualstack.Temporalio.Tests.Server;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>A timer that has fired while its workflow has a task with a worker, so that the workflow has not heard of it.</summary>
internal static class FiredTimer
{
    private const string Id = "t";

    public static async Task<(FakeWorker Worker, PollWorkflowTaskQueueResponse Task)> BehindTaskAsync(DevServerProcess server)
    {
        var worker = new FakeWorker(server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), FakeWorker.Timer(Id, TimeSpan.FromMilliseconds(300)));
        await worker.SignalAsync("wake");
        var task = await worker.PollAsync();

        // A timer that another workflow started later tells when this one's has fired.
        var other = new FakeWorker(server);
        await other.StartAsync();
        await other.AnswerAsync(await other.PollAsync(), FakeWorker.Timer(Id, TimeSpan.FromMilliseconds(300)));
        await other.PollAsync();
        return (worker, task);
    }

    public static Command Cancel() => new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = Id } };
}
