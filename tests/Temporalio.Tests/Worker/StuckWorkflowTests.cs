using System.Collections.Concurrent;
using System.Threading.Channels;
using Dualstack.Temporalio.Tests.Client;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What a worker tells a server, made for the test, of tasks that it cannot answer as they should be.</summary>
public sealed class StuckWorkflowTests
{
    private const string TooLarge = "grpc: received message larger than max (5 vs. 4)";

    [Fact]
    public async Task BlockedWorkflow_TookTheWholeWorkerDown_AndKeptItFromStopping()
    {
        using var unblock = new ManualResetEventSlim();
        BlockedWorkflow.Unblock = unblock;
        var logs = new LogCollector();
        await using var server = await StubServer.StartAsync();
        using (var worker = await server.WorkerAsync(options =>
        {
            options.MaxConcurrentWorkflowTasks = 2;
            options.LoggerFactory = logs;
        }))
        {
            await worker.ExecuteAsync(async () =>
            {
                await server.Tasks.WriteAsync(StubServer.Task("Blocked", "stuck"));
                var failed = await server.NextAsync(RespondWorkflowTaskFailedRequest.Parser);
                Assert.StartsWith("[TMPRL1101]", failed.Failure.Message, StringComparison.Ordinal);

                // More of the same run than there are slots.
                for (var i = 0; i < 3; i++)
                {
                    await server.Tasks.WriteAsync(StubServer.Query("Blocked", "stuck"));
                    var answer = await server.NextAsync(RespondQueryTaskCompletedRequest.Parser);
                    Assert.Equal(QueryResultType.Failed, answer.CompletedType);
                    Assert.StartsWith("[TMPRL1101]", answer.ErrorMessage, StringComparison.Ordinal);
                }

                await server.Tasks.WriteAsync(StubServer.Task("Quick", "other"));
                Assert.Equal("other", (await server.NextAsync(RespondWorkflowTaskCompletedRequest.Parser)).TaskToken.ToStringUtf8());
            }).WaitAsync(TimeSpan.FromSeconds(40));
        }

        Assert.Contains(logs.Messages, m => m.Contains("1 deadlocked workflow tasks", StringComparison.Ordinal));
        unblock.Set();
    }

    [Theory]
    [InlineData("namespace rate limit exceeded", 1, null)]
    [InlineData(TooLarge, 1, WorkflowTaskFailedCause.GrpcMessageTooLarge)]
    [InlineData(TooLarge, 2, null)]
    public async Task Throttling_WasReportedAsAMessageTooLarge(string refusal, int attempt, WorkflowTaskFailedCause? reported)
    {
        var logs = new LogCollector();
        await using var server = await StubServer.StartAsync();
        server.Refusals["RespondWorkflowTaskCompleted"] = refusal;
        using (var worker = await server.WorkerAsync(options => options.LoggerFactory = logs))
        {
            await worker.ExecuteAsync(async () =>
            {
                var task = StubServer.Task("Quick", "run");
                task.Attempt = attempt;
                await server.Tasks.WriteAsync(task);
                await Server.Eventually.HoldsAsync(
                    () => Task.FromResult(logs.Messages), m => m.Any(text => text.Contains(refusal, StringComparison.Ordinal)));
            }).WaitAsync(TimeSpan.FromSeconds(40));
        }

        // The worker has ended, so whatever it had to say is said.
        Assert.Equal(reported, server.Said(RespondWorkflowTaskFailedRequest.Parser).SingleOrDefault()?.Cause);
    }

    [Fact]
    public async Task QueryAnswerTooLargeForAMessage_WasNeverGiven()
    {
        await using var server = await StubServer.StartAsync();
        server.Refusals["RespondQueryTaskCompleted"] = TooLarge;
        using var worker = await server.WorkerAsync(_ => { });
        await worker.ExecuteAsync(async () =>
        {
            await server.Tasks.WriteAsync(StubServer.Query("Quick", "run"));
            Assert.Equal(QueryResultType.Answered, (await server.NextAsync(RespondQueryTaskCompletedRequest.Parser)).CompletedType);
            var second = await server.NextAsync(RespondQueryTaskCompletedRequest.Parser);
            Assert.Equal(QueryResultType.Failed, second.CompletedType);
            Assert.Equal(WorkflowTaskFailedCause.GrpcMessageTooLarge, second.Cause);
        }).WaitAsync(TimeSpan.FromSeconds(40));
    }

    [Workflow("Blocked")]
    public sealed class BlockedWorkflow
    {
        internal static ManualResetEventSlim Unblock { get; set; } = null!;

        [WorkflowQuery]
        public int Answer => 42;

        [WorkflowRun]
        public Task RunAsync()
        {
            Unblock.Wait(CancellationToken.None);
            return Task.CompletedTask;
        }
    }

    [Workflow("Quick")]
    public sealed class QuickWorkflow
    {
        [WorkflowQuery]
        public int Answer => 42;

        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;
    }

    private sealed class StubServer : IAsyncDisposable
    {
        private readonly Channel<PollWorkflowTaskQueueResponse> tasks = Channel.CreateUnbounded<PollWorkflowTaskQueueResponse>();
        private readonly Channel<PeerCall> answers = Channel.CreateUnbounded<PeerCall>();
        private GrpcPeer? peer;

        internal ChannelWriter<PollWorkflowTaskQueueResponse> Tasks => tasks.Writer;

        /// <summary>Gets which calls are refused as exhausting a resource, and in which words.</summary>
        internal ConcurrentDictionary<string, string> Refusals { get; } = new();

        public ValueTask DisposeAsync() => peer!.DisposeAsync();

        internal static async Task<StubServer> StartAsync()
        {
            var server = new StubServer();
            server.peer = await GrpcPeer.StartAsync(server.AnswerAsync);
            return server;
        }

        internal static PollWorkflowTaskQueueResponse Task(string type, string run) => new()
        {
            TaskToken = ByteString.CopyFromUtf8(run),
            WorkflowExecution = new() { WorkflowId = "wf", RunId = run },
            WorkflowType = new() { Name = type },
            StartedEventId = 3,
            Attempt = 1,
            History = new() { Events = { Histories.FirstTask(type, run).Events } },
        };

        internal static PollWorkflowTaskQueueResponse Query(string type, string run)
        {
            var task = Task(type, run);
            task.StartedEventId = 0;
            task.Query = new() { QueryType = "Answer" };
            return task;
        }

        internal async Task<TemporalWorker> WorkerAsync(Action<TemporalWorkerOptions> configure)
        {
            var options = new TemporalWorkerOptions("queue").AddWorkflow<BlockedWorkflow>().AddWorkflow<QuickWorkflow>();
            configure(options);
            return new(await TemporalClient.ConnectAsync(new(peer!.Target) { RpcRetry = new() { MaxRetries = 1 } }), options);
        }

        internal async Task<T> NextAsync<T>(MessageParser<T> parser)
            where T : IMessage<T>, new() => parser.ParseFrom((await answers.Reader.ReadAsync()).Message);

        internal IEnumerable<T> Said<T>(MessageParser<T> parser)
            where T : IMessage<T>, new() =>
            peer!.CallsOf(typeof(T).Name.Replace("Request", string.Empty, StringComparison.Ordinal)).Select(c => parser.ParseFrom(c.Message));

        private async Task AnswerAsync(PeerCall call)
        {
            if (call.Rpc.StartsWith("Respond", StringComparison.Ordinal))
            {
                await answers.Writer.WriteAsync(call);
                if (Refusals.TryGetValue(call.Rpc, out var refusal))
                {
                    await call.FailAsync(8, refusal);
                    return;
                }
            }

            await call.ReplyAsync(call.Rpc switch
            {
                "PollWorkflowTaskQueue" => await tasks.Reader.ReadAsync(call.Context.RequestAborted),
                "RespondWorkflowTaskCompleted" => new RespondWorkflowTaskCompletedResponse(),
                "RespondWorkflowTaskFailed" => new RespondWorkflowTaskFailedResponse(),
                "RespondQueryTaskCompleted" => new RespondQueryTaskCompletedResponse(),
                "ShutdownWorker" => new ShutdownWorkerResponse(),
                _ => (IMessage)new DescribeNamespaceResponse { NamespaceInfo = new() { Capabilities = new() } },
            });
        }
    }
}
