using Dualstack.Temporalio.Tests.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Runtime;
using Temporalio.Testing;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>Calls of clients, connections and environments.</summary>
internal static class RefusedByClient
{
    internal static IEnumerable<RefusedCall> Calls(ITemporalClient client)
    {
        var started = new WorkflowOptions("id", "queue") { IdConflictPolicy = WorkflowIdConflictPolicy.Fail };
        var handle = client.GetWorkflowHandle("id");
        var lazy = TemporalClient.CreateLazy(new("127.0.0.1:1")).Connection;

        Task Start(Action<WorkflowOptions> change) => client.StartWorkflowAsync("Lamp", [], Changed(started, change));
        Task UpdateWithStart(Action<WorkflowOptions> change) => client.StartUpdateWithStartWorkflowAsync(
            "paint", [], new(WithStartWorkflowOperation.Create("Lamp", [], Changed(started, change)), WorkflowUpdateStage.Accepted));
        Task Connect(Action<TemporalClientConnectOptions> change)
        {
            var options = new TemporalClientConnectOptions("127.0.0.1:1");
            change(options);
            return TemporalClient.ConnectAsync(options);
        }

        return
        [
            RefusedCall.Of<ArgumentException>("start without id", "ID required", () => Start(o => o.Id = null)),
            RefusedCall.Of<ArgumentException>("start without queue", "Task queue required", () => Start(o => o.TaskQueue = null)),
            RefusedCall.Of<ArgumentException>("signal arguments without signal", "start signal args", () => Start(o => o.StartSignalArgs = [])),
            RefusedCall.Of<ArgumentException>(
                "null in the memo", "owner", () => Start(o => o.Memo = new Dictionary<string, object> { ["owner"] = null! })),
            RefusedCall.Of<NotSupportedException>("eager start", "RequestEagerStart", () => Start(o => o.RequestEagerStart = true)),
            RefusedCall.Of<ArgumentException>(
                "call of a static method", "lambda parameter", () => client.StartWorkflowAsync((Lamp lamp) => Task.Delay(1), started)),
            RefusedCall.Of<ArgumentException>(
                "no call", "single method call", () => client.StartWorkflowAsync((Lamp lamp) => Task.CompletedTask, started)),
            RefusedCall.Of<ArgumentException>(
                "call of a method that is no run method", "WorkflowRun", () => client.StartWorkflowAsync((Lamp lamp) => lamp.EndAsync(""), started)),
            RefusedCall.Of<ArgumentOutOfRangeException>(
                "negative limit of a list", "Limit", async () => await client.ListWorkflowsAsync("", new() { Limit = -1 }).GetAsyncEnumerator().MoveNextAsync()),
            RefusedCall.Of<ArgumentException>(
                "update without stage", "WaitForStage", () => handle.StartUpdateAsync("paint", [], new())),
            RefusedCall.Of<ArgumentException>(
                "update until admitted", "Admitted", () => handle.StartUpdateAsync("paint", [], new(WorkflowUpdateStage.Admitted))),
            RefusedCall.Of<ArgumentException>(
                "update with start without start",
                "operation is required",
                () => client.StartUpdateWithStartWorkflowAsync("paint", [], new() { WaitForStage = WorkflowUpdateStage.Accepted })),
            RefusedCall.Of<ArgumentException>("update with start and signal", "start signal", () => UpdateWithStart(o => o.StartSignal = "end")),
            RefusedCall.Of<ArgumentException>("update with eager start", "eager", () => UpdateWithStart(o => o.RequestEagerStart = true)),
            RefusedCall.Of<ArgumentException>(
                "update with start without conflict policy", "conflict policy", () => UpdateWithStart(o => o.IdConflictPolicy = default)),
            RefusedCall.Of<ArgumentException>("update with start with options for two calls", "RPC options", () => UpdateWithStart(o => o.Rpc = new())),
            RefusedCall.Of<ArgumentException>("update with start without id", "ID required", () => UpdateWithStart(o => o.Id = null)),

            RefusedCall.Of<ArgumentException>("no address", "TargetHost", () => Connect(o => o.TargetHost = null)),
            RefusedCall.Of<ArgumentException>("an URL for an address", "://", () => Connect(o => o.TargetHost = "http://127.0.0.1:1")),
            RefusedCall.Of<ArgumentException>("a certificate without key", "ClientCert", () => Connect(o => o.Tls = new() { ClientCert = [] })),
            RefusedCall.Of<InvalidOperationException>("nobody listens", "Connection failed", () => Connect(_ => { })),
            RefusedCall.Of<ArgumentOutOfRangeException>(
                "negative limit of payloads", "PayloadsWarnSize", () => Connect(o => o.PayloadLimits.PayloadsWarnSize = -1)),
            RefusedCall.Of<ArgumentOutOfRangeException>("negative limit of memos", "MemoWarnSize", () => Connect(o => o.PayloadLimits.MemoWarnSize = -1)),
            RefusedCall.Of<NotSupportedException>("limit of payloads", "PayloadLimits", () => Connect(o => o.PayloadLimits.PayloadsWarnSize = 1)),
            RefusedCall.Of<InvalidOperationException>("metadata before the connection", "RPC metadata", () => lazy.RpcMetadata = []),
            RefusedCall.Of<InvalidOperationException>("binary metadata before the connection", "RPC metadata", () => lazy.RpcBinaryMetadata = []),
            RefusedCall.Of<InvalidOperationException>("API key before the connection", "API key", () => lazy.ApiKey = "key"),

            RefusedCall.Of<NotSupportedException>(
                "worker heartbeats", "WorkerHeartbeatInterval", () => _ = new TemporalRuntime(new() { WorkerHeartbeatInterval = TimeSpan.FromMinutes(1) })),
            RefusedCall.Of<ArgumentException>("metrics to nowhere", "MetricsOptions", () => _ = new TemporalRuntime(new(new() { Metrics = new() }))),
            RefusedCall.Of<ArgumentException>(
                "metrics to two places",
                "Prometheus",
                () => _ = new TemporalRuntime(new(new() { Metrics = new(new PrometheusOptions()) { OpenTelemetry = new() } }))),
            RefusedCall.Of<InvalidOperationException>(
                "server elsewhere", "TargetHost", () => WorkflowEnvironment.StartTimeSkippingAsync(new() { TargetHost = "temporal.example:7233" })),
            RefusedCall.Of<NotSupportedException>(
                "download of a version", "DownloadVersion", () => WorkflowEnvironment.StartLocalAsync(new() { DevServerOptions = new() { DownloadVersion = "v1" } })),
            RefusedCall.Of<NotSupportedException>(
                "download to a directory", "DownloadDirectory", () => WorkflowEnvironment.StartTimeSkippingAsync(new() { DownloadDirectory = "/tmp" })),
            RefusedCall.Of<ArgumentException>("JSON that is no history", "history", () => WorkflowHistory.FromJson("w", "[]")),
            RefusedCall.Of<KeyNotFoundException>(
                "unset search attribute", "Color", () => SearchAttributeCollection.Empty.Get(SearchAttributeKey.CreateKeyword("Color"))),
            RefusedCall.Of<ArgumentException>(
                "null for a search attribute",
                "null",
                () => new SearchAttributeCollection.Builder().Set(SearchAttributeKey.CreateKeyword("Color"), null!)),
        ];
    }

    private static WorkflowOptions Changed(WorkflowOptions options, Action<WorkflowOptions> change)
    {
        var changed = (WorkflowOptions)options.Clone();
        change(changed);
        return changed;
    }
}
