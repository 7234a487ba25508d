using System.Text;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Answers that the codec refuses: none may disappear, or whoever waits for it waits for a timeout.</summary>
[Collection(PatientWorkerCollection.Name)]
public sealed class UnencodableTests(ServerFixture server)
{
    private const string Poison = "poison";

    [Fact]
    public async Task ResultThatCannotBeEncoded_DisappearedWithoutATrace()
    {
        var logs = new LogCollector();
        await WithWorkerAsync(logs, new Work(), async (client, queue) =>
        {
            var handle = await client.StartWorkflowAsync(
                (PoisonWorkflow wf) => wf.RunAsync(), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue));
            Assert.Equal("fine", await handle.QueryAsync(wf => wf.Ask("fine")));
            await handle.SignalAsync(wf => wf.EndAsync());
            var history = await Server.Eventually.HoldsAsync(
                () => handle.FetchHistoryAsync(), h => h.Events.Any(e => e.EventType == EventType.WorkflowTaskFailed));
            var failed = history.Events.First(e => e.EventType == EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes;
            Assert.Equal(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, failed.Cause);
            Assert.StartsWith("Failed encoding completion: ", failed.Failure.Message, StringComparison.Ordinal);
            await handle.TerminateAsync();
        });
        Assert.Contains(logs.Messages, m => m.StartsWith("Workflow task of PoisonWorkflow", StringComparison.Ordinal));
    }

    [Fact]
    public Task QueryAnswerThatCannotBeEncoded_LeftItsCallerWaiting() => WithWorkerAsync(null, new Work(), async (client, queue) =>
    {
        var handle = await client.StartWorkflowAsync(
            (PoisonWorkflow wf) => wf.RunAsync(), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue));
        var failed = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(wf => wf.Ask("poi")));
        Assert.Contains(PoisonCodec.Refusal, failed.Message, StringComparison.Ordinal);
        await handle.TerminateAsync();
    });

    [Fact]
    public Task FailureThatCannotBeEncoded_LeftItsActivityToTimeOut() => WithWorkerAsync(null, new Work(), async (client, queue) =>
    {
        var failure = await FailureOfAsync(client, queue, "fail");
        Assert.StartsWith("Failed building completion: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(nameof(InvalidOperationException), failure.ErrorType);
    });

    [Fact]
    public async Task HeartbeatThatCannotBeEncoded_LeftItsActivityToTimeOut()
    {
        var work = new Work();
        await WithWorkerAsync(null, work, async (client, queue) =>
        {
            var failure = await FailureOfAsync(client, queue, "beat and wait");
            Assert.Equal(PoisonCodec.Refusal, failure.Message);
        });
        Assert.Equal(ActivityCancelReason.HeartbeatRecordFailure, work.Reason);
    }

    [Fact]
    public Task HeartbeatThatCannotBeEncoded_TookTheResultOfItsActivityAway() => WithWorkerAsync(null, new Work(), async (client, queue) =>
        Assert.Equal("beaten", await client.ExecuteWorkflowAsync(
            (WorkWorkflow wf) => wf.RunAsync("beat"), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue))));

    private static async Task<ApplicationFailureException> FailureOfAsync(ITemporalClient client, string queue, string what)
    {
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => client.ExecuteWorkflowAsync(
            (WorkWorkflow wf) => wf.RunAsync(what), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue)));
        var activity = Assert.IsType<ActivityFailureException>(failed.InnerException);
        return Assert.IsType<ApplicationFailureException>(activity.InnerException);
    }

    private async Task WithWorkerAsync(LogCollector? logs, Work work, Func<ITemporalClient, string, Task> body)
    {
        var client = await TemporalClient.ConnectAsync(new(server.Client.Connection.Options.TargetHost!)
        {
            DataConverter = DataConverter.Default with { PayloadCodec = new PoisonCodec() },
        });
        var queue = $"queue-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(
            client,
            new TemporalWorkerOptions(queue) { LoggerFactory = logs }
                .AddWorkflow<PoisonWorkflow>()
                .AddWorkflow<WorkWorkflow>()
                .AddAllActivities(work));
        await worker.ExecuteAsync(() => body(client, queue)).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private sealed class PoisonCodec : IPayloadCodec
    {
        internal const string Refusal = "This codec refuses it";

        public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
            payloads.Any(p => Encoding.UTF8.GetString(p.Data.Span).Contains(Poison, StringComparison.Ordinal))
                ? throw new InvalidOperationException(Refusal)
                : Task.FromResult(payloads);

        public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);
    }

    public sealed class Work
    {
        public ActivityCancelReason Reason { get; private set; }

        [Activity]
        public async Task<string> DoAsync(string what)
        {
            var context = ActivityExecutionContext.Current;
            if (what == "fail")
            {
                throw new ApplicationFailureException("no", details: [Poison]);
            }

            context.Heartbeat(Poison);
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Reason = context.CancelReason;
            return what == "beat" ? "beaten" : throw new OperationCanceledException(context.CancellationToken);
        }
    }

    [Workflow]
    public sealed class PoisonWorkflow
    {
        private bool end;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => end);
            return Poison;
        }

        [WorkflowQuery]
        public string Ask(string text) => text == "poi" ? Poison : text;

        [WorkflowSignal]
        public Task EndAsync()
        {
            end = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class WorkWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string what) => await Workflow.ExecuteActivityAsync(
            (Work work) => work.DoAsync(what),
            new() { StartToCloseTimeout = TimeSpan.FromSeconds(50), RetryPolicy = new() { MaximumAttempts = 1 } });
    }
}
