using System.Text;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What people see of a running workflow, and what goes through interceptors and codecs.</summary>
[Collection(WorkerCollection.Name)]
public sealed class InspectionTests(ServerFixture server)
{
    [Fact]
    public Task MetadataQuery_ListsHandlersAndCurrentDetails() => server.WithWorkerAsync(
        options => options.AddWorkflow<DescribedWorkflow>(),
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((DescribedWorkflow wf) => wf.RunAsync(), scope.Options());
            var metadata = await handle.QueryAsync<WorkflowMetadata>("__temporal_workflow_metadata", []);
            Assert.Equal("waiting for **someone**", metadata.CurrentDetails);
            Assert.Equal("DescribedWorkflow", metadata.Definition.Type);
            Assert.Equal("Go", Assert.Single(metadata.Definition.SignalDefinitions).Name);
            Assert.Equal("Lets it go on", metadata.Definition.SignalDefinitions[0].Description);
            await handle.TerminateAsync();
        });

    [Fact]
    public Task StackTraceQuery_ShowsWhereTheCodeWaits() => server.WithWorkerAsync(
        options =>
        {
            options.WorkflowStackTrace = WorkflowStackTrace.Normal;
            options.AddWorkflow<DescribedWorkflow>();
        },
        async scope =>
        {
            var handle = await scope.Client.StartWorkflowAsync((DescribedWorkflow wf) => wf.RunAsync(), scope.Options());
            var trace = await handle.QueryAsync<string>("__stack_trace", []);
            Assert.Contains(nameof(DescribedWorkflow), trace, StringComparison.Ordinal);
            await handle.TerminateAsync();
        });

    [Fact]
    public Task Interceptors_PassHeadersFromTheWorkflowToItsActivity() => server.WithWorkerAsync(
        options =>
        {
            options.Interceptors = [new HeaderInterceptor()];
            options.AddWorkflow<HeaderWorkflow>().AddActivity(HeaderInterceptor.ReadHeader);
        },
        async scope => Assert.Equal(
            "carried", await scope.Client.ExecuteWorkflowAsync((HeaderWorkflow wf) => wf.RunAsync(), scope.Options())));

    [Fact]
    public Task InterceptorThatAsksForTheWorkflowWhenItIsMade_WasNotInOne() => server.WithWorkerAsync(
        options =>
        {
            options.Interceptors = [new CuriousInterceptor()];
            options.AddWorkflow<HeaderWorkflow>().AddActivity(HeaderInterceptor.ReadHeader);
        },
        async scope =>
        {
            CuriousInterceptor.Seen = [];
            await scope.Client.ExecuteWorkflowAsync((HeaderWorkflow wf) => wf.RunAsync(), scope.Options());
            Assert.Equal(["HeaderWorkflow made", "HeaderWorkflow initialized"], CuriousInterceptor.Seen);
        });

    [Fact]
    public async Task PayloadCodec_CoversEverythingThatTheServerStores()
    {
        var converter = DataConverter.Default with { PayloadCodec = new Xor() };
        var client = await TemporalClient.ConnectAsync(
            new(server.Client.Connection.Options.TargetHost!) { DataConverter = converter });
        var queue = $"queue-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(
            client,
            new TemporalWorkerOptions(queue) { MaxCachedWorkflows = 0 }
                .AddWorkflow<SecretWorkflow>()
                .AddAllActivities<Secrets>(null));
        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync(
                (SecretWorkflow wf) => wf.RunAsync("secret"), new(id: $"wf-{Guid.NewGuid():N}", taskQueue: queue));
            Assert.Equal("secret", await handle.ExecuteUpdateAsync(wf => wf.EchoAsync("secret")));
            Assert.Equal("secret", await handle.QueryAsync(wf => wf.Query("secret")));
            Assert.Equal("secret secret secret", await handle.GetResultAsync());
            var history = new global::Temporalio.Api.History.V1.History { Events = { (await handle.FetchHistoryAsync()).Events } };
            Assert.DoesNotContain("secret", Encoding.UTF8.GetString(history.ToByteArray()), StringComparison.Ordinal);
        }).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task UnfinishedHandlers_AreWarnedOf_UnlessTheirPolicyIsToAbandon()
    {
        var logs = new LogCollector();
        await server.WithWorkerAsync(
            options =>
            {
                options.LoggerFactory = logs;
                options.AddWorkflow<HastyWorkflow>();
            },
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((HastyWorkflow wf) => wf.RunAsync(), scope.Options());
                await handle.SignalAsync(wf => wf.SlowAsync());
                await handle.SignalAsync(wf => wf.SlowButFineAsync());
                await handle.SignalAsync(wf => wf.FinishAsync());
                await handle.GetResultAsync();
            });
        var warning = Assert.Single(logs.Messages, m => m.Contains("[TMPRL1102]", StringComparison.Ordinal));
        Assert.Contains("signal Slow.", warning, StringComparison.Ordinal);
    }

    [Workflow]
    public sealed class DescribedWorkflow
    {
        private bool go;

        [WorkflowRun]
        public async Task RunAsync()
        {
            Workflow.CurrentDetails = "waiting for **someone**";
            await Workflow.WaitConditionAsync(() => go);
        }

        [WorkflowSignal(Description = "Lets it go on")]
        public Task GoAsync()
        {
            go = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class HeaderWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync() => await Workflow.ExecuteActivityAsync(
            () => HeaderInterceptor.ReadHeader(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(20) });
    }

    private sealed class HeaderInterceptor : IWorkerInterceptor
    {
        private static readonly AsyncLocal<string?> Header = new();

        [global::Temporalio.Activities.Activity]
        public static string ReadHeader() => Header.Value ?? "nothing";

        public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) => new Inbound(nextInterceptor);

        public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Reader(nextInterceptor);

        private sealed class Inbound(WorkflowInboundInterceptor next) : WorkflowInboundInterceptor(next)
        {
            public override void Init(WorkflowOutboundInterceptor outbound) => base.Init(new Writer(outbound));
        }

        private sealed class Writer(WorkflowOutboundInterceptor next) : WorkflowOutboundInterceptor(next)
        {
            public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input) =>
                base.ScheduleActivityAsync<TResult>(input with
                {
                    Headers = new Dictionary<string, Payload> { ["test"] = Workflow.PayloadConverter.ToPayload("carried") },
                });
        }

        private sealed class Reader(ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
        {
            public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
            {
                Header.Value = DataConverter.Default.PayloadConverter.ToValue<string>(input.Headers!["test"]);
                return base.ExecuteActivityAsync(input);
            }
        }
    }

    private sealed class CuriousInterceptor : IWorkerInterceptor
    {
        internal static List<string> Seen { get; set; } = [];

        public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor)
        {
            Seen.Add($"{Workflow.Info.WorkflowType} made");
            return new Inbound(nextInterceptor);
        }

        public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => nextInterceptor;

        private sealed class Inbound(WorkflowInboundInterceptor next) : WorkflowInboundInterceptor(next)
        {
            public override void Init(WorkflowOutboundInterceptor outbound)
            {
                Seen.Add($"{Workflow.Info.WorkflowType} initialized");
                base.Init(outbound);
            }
        }
    }

    public sealed class Secrets
    {
        [global::Temporalio.Activities.Activity]
        public static string Echo(string text) => text;
    }

    [Workflow]
    public sealed class SecretWorkflow
    {
        private string? echoed;

        [WorkflowRun]
        public async Task<string> RunAsync(string text)
        {
            Workflow.UpsertMemo(MemoUpdate.ValueSet("memo", text));
            var remote = await Workflow.ExecuteActivityAsync(
                () => Secrets.Echo(text), new() { StartToCloseTimeout = TimeSpan.FromSeconds(20), Summary = text });
            var local = await Workflow.ExecuteLocalActivityAsync(
                () => Secrets.Echo(text), new() { StartToCloseTimeout = TimeSpan.FromSeconds(20) });
            await Workflow.WaitConditionAsync(() => echoed != null);
            await Workflow.DelayAsync(200);
            return $"{remote} {local} {echoed}";
        }

        [WorkflowQuery]
        public string Query(string text) => echoed ?? text;

        [WorkflowUpdate]
        public Task<string> EchoAsync(string text)
        {
            echoed = text;
            return Task.FromResult(text);
        }
    }

    [Workflow]
    public sealed class HastyWorkflow
    {
        private bool finish;

        [WorkflowRun]
        public async Task RunAsync() => await Workflow.WaitConditionAsync(() => finish);

        [WorkflowSignal]
        public async Task SlowAsync() => await Workflow.DelayAsync(TimeSpan.FromHours(1));

        [WorkflowSignal(UnfinishedPolicy = HandlerUnfinishedPolicy.Abandon)]
        public async Task SlowButFineAsync() => await Workflow.DelayAsync(TimeSpan.FromHours(1));

        [WorkflowSignal]
        public Task FinishAsync()
        {
            finish = true;
            return Task.CompletedTask;
        }
    }

    private sealed class Xor : IPayloadCodec
    {
        public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
            Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(p => new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/xor") },
                Data = Flip(p.ToByteString()),
            })]);

        public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) =>
            Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(p =>
                p.Metadata["encoding"].ToStringUtf8() == "binary/xor"
                    ? Payload.Parser.ParseFrom(Flip(p.Data))
                    : throw new InvalidOperationException("A payload came that was never encoded"))]);

        private static ByteString Flip(ByteString bytes) => ByteString.CopyFrom([.. bytes.Select(b => (byte)(b ^ 0x55))]);
    }
}
