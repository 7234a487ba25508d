using Dualstack.Temporalio.Tests.Client;
using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What a worker says to a server that is made for the test.</summary>
public sealed class PeerWorkerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CapabilityOfSdkMetadata_Missing_NoneIsSent(bool capable)
    {
        var answered = new TaskCompletionSource<RespondWorkflowTaskCompletedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handedOut = 0;
        await using var peer = await GrpcPeer.StartAsync(
            async call =>
            {
                switch (call.Rpc)
                {
                    case "PollWorkflowTaskQueue" when Interlocked.Exchange(ref handedOut, 1) == 0:
                        await call.ReplyAsync(FirstTask());
                        break;
                    case "RespondWorkflowTaskCompleted":
                        answered.TrySetResult(RespondWorkflowTaskCompletedRequest.Parser.ParseFrom(call.Message));
                        await call.ReplyAsync(new RespondWorkflowTaskCompletedResponse());
                        break;
                    default:
                        await AnswerAsync(call);
                        break;
                }
            },
            systemInfo: call => call.ReplyAsync(new GetSystemInfoResponse { Capabilities = new() { SdkMetadata = capable } }));
        using var worker = await WorkerAsync(peer);

        var request = await worker.ExecuteAsync(() => answered.Task.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(capable, request.SdkMetadata != null);
        Assert.True(request.Capabilities.DiscardSpeculativeWorkflowTaskWithEvents);
    }

    [Fact]
    public async Task Shutdown_EndsItsLongPolls_AndNamesItsStickyQueue()
    {
        var (held, aborted) = (0, 0);
        await using var peer = await GrpcPeer.StartAsync(async call =>
        {
            if (!call.Rpc.StartsWith("Poll", StringComparison.Ordinal))
            {
                await AnswerAsync(call);
                return;
            }

            Interlocked.Increment(ref held);
            await Task.Delay(Timeout.Infinite, call.Context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Increment(ref aborted);
        });
        using var worker = await WorkerAsync(peer);

        await worker.ExecuteAsync(() => Server.Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref held)), count => count == 5))
            .WaitAsync(TimeSpan.FromSeconds(20));

        await Server.Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref aborted)), count => count == 5);
        var told = ShutdownWorkerRequest.Parser.ParseFrom(Assert.Single(peer.CallsOf("ShutdownWorker")).Message);
        var sticky = peer.CallsOf("PollWorkflowTaskQueue").Select(call => PollWorkflowTaskQueueRequest.Parser.ParseFrom(call.Message).TaskQueue)
            .First(queue => queue.Kind == global::Temporalio.Api.Enums.V1.TaskQueueKind.Sticky);
        Assert.Equal(sticky.Name, told.StickyTaskQueue);
    }

    private static async Task<TemporalWorker> WorkerAsync(GrpcPeer peer) => new(
        await TemporalClient.ConnectAsync(new(peer.Target)), new TemporalWorkerOptions("queue").AddWorkflow<IdleWorkflow>());

    private static Task AnswerAsync(PeerCall call) => call.Rpc switch
    {
        "DescribeNamespace" => call.ReplyAsync(new DescribeNamespaceResponse { NamespaceInfo = new() { Capabilities = new() } }),
        "ShutdownWorker" => call.ReplyAsync(new ShutdownWorkerResponse()),
        _ => Task.Delay(Timeout.Infinite, call.Context.RequestAborted),
    };

    private static PollWorkflowTaskQueueResponse FirstTask() => new()
    {
        TaskToken = ByteString.CopyFromUtf8("token"),
        WorkflowExecution = new() { WorkflowId = "wf", RunId = "run" },
        WorkflowType = new() { Name = "Idle" },
        StartedEventId = 3,
        Attempt = 1,
        History = new() { Events = { Histories.FirstTask("Idle", "run").Events } },
    };

    [Workflow("Idle")]
    public sealed class IdleWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);
    }
}
