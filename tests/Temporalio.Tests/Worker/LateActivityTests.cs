using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>An activity whose task was taken, and that begins only when its worker cancels the others already.</summary>
[Collection(PatientWorkerCollection.Name)]
public sealed class LateActivityTests(ServerFixture server)
{
    [Fact]
    public async Task ActivityThatBeganDuringShutdown_WasNeverCancelled()
    {
        using var hold = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pair = new Pair(hold);
        var converter = DataConverter.Default with { PayloadConverter = new HoldingConverter(held, hold) };
        var client = await TemporalClient.ConnectAsync(new(server.Client.Connection.Options.TargetHost!) { DataConverter = converter });
        await server.WithWorkerAsync(
            options => options.AddWorkflow<PairWorkflow>(),
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((PairWorkflow wf) => wf.RunAsync(), scope.Options());
                using var worker = new TemporalWorker(client, new TemporalWorkerOptions(scope.TaskQueue).AddAllActivities(pair));
                await worker.ExecuteAsync(() => Task.WhenAll(pair.FirstStarted.Task, held.Task)).WaitAsync(TimeSpan.FromSeconds(30));
                await handle.TerminateAsync();
            });
        Assert.Equal(ActivityCancelReason.WorkerShutdown, pair.SecondReason);
    }

    public sealed class Pair(ManualResetEventSlim hold)
    {
        public TaskCompletionSource FirstStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ActivityCancelReason SecondReason { get; private set; }

        [Activity]
        public async Task FirstAsync()
        {
            FirstStarted.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
            }
            finally
            {
                hold.Set();
            }
        }

        [Activity]
        public async Task SecondAsync()
        {
            var context = ActivityExecutionContext.Current;
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            finally
            {
                SecondReason = context.CancelReason;
            }
        }
    }

    [Workflow]
    public sealed class PairWorkflow
    {
        private static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromMinutes(5) };

        [WorkflowRun]
        public Task RunAsync() => Workflow.WhenAllAsync(
            Workflow.ExecuteActivityAsync((Pair pair) => pair.FirstAsync(), Options),
            Workflow.ExecuteActivityAsync((Pair pair) => pair.SecondAsync(), Options));
    }

    private sealed class HoldingConverter(TaskCompletionSource held, ManualResetEventSlim hold)
        : IPayloadConverter, IWithSerializationContext<IPayloadConverter>
    {
        public Payload ToPayload(object? value) => DataConverter.Default.PayloadConverter.ToPayload(value);

        public object? ToValue(Payload payload, Type type) => DataConverter.Default.PayloadConverter.ToValue(payload, type);

        public IPayloadConverter WithSerializationContext(ISerializationContext context)
        {
            if (context is ISerializationContext.Activity { ActivityType: "Second" })
            {
                held.TrySetResult();
                hold.Wait(CancellationToken.None);
            }

            return this;
        }
    }
}
