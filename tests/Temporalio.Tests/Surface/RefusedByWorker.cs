using Dualstack.Temporalio.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;
using Temporalio.Worker.Tuning;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>Calls of workers and replayers.</summary>
internal static class RefusedByWorker
{
    internal static IEnumerable<RefusedCall> Calls(ITemporalClient client)
    {
        void Worker(Action<TemporalWorkerOptions> change)
        {
            var options = new TemporalWorkerOptions("queue").AddWorkflow<Lamp>();
            change(options);
            using var worker = new TemporalWorker(client, options);
        }

        var lazy = TemporalClient.CreateLazy(new("127.0.0.1:1"));
        var options = new TemporalWorkerOptions("queue").AddWorkflow<Lamp>();
        var press = ActivityDefinition.Create(Lamp.PressAsync);
        var version = new WorkerDeploymentVersion("lamps", "1");
        return
        [
            RefusedCall.Of<InvalidOperationException>(
                "client without connection", "unconnected lazy client", () => new TemporalWorker(lazy, options).Dispose()),
            RefusedCall.Of<InvalidOperationException>("another client without connection", "unconnected lazy client", () =>
            {
                using var worker = new TemporalWorker(client, options);
                worker.Client = lazy;
            }),
            RefusedCall.Of<ObjectDisposedException>("a disposed worker", "TemporalWorker", async () =>
            {
                var worker = new TemporalWorker(client, options);
                worker.Dispose();
                await worker.ExecuteAsync(CancellationToken.None);
            }),
            RefusedCall.Of<InvalidOperationException>("a second run", "Already started", async () =>
            {
                using var worker = new TemporalWorker(client, options);
                await worker.ExecuteAsync(() => Task.CompletedTask);
                await worker.ExecuteAsync(() => Task.CompletedTask);
            }),
            RefusedCall.Of<ArgumentException>("nothing to do", "at least one workflow", () => Worker(o => o.Workflows.Clear())),
            RefusedCall.Of<ArgumentException>("no queue", "Task queue", () => Worker(o => o.TaskQueue = null)),
            RefusedCall.Of<ArgumentException>("a workflow twice", "Lamp", () => Worker(o => o.AddWorkflow<Lamp>())),
            RefusedCall.Of<ArgumentException>("an activity twice", "Press", () => Worker(o => o.AddActivity(press).AddActivity(press))),
            RefusedCall.Of<ArgumentOutOfRangeException>(
                "no eager activities", "DisableEagerActivityExecution", () => Worker(o => o.MaxEagerActivityReservationsPerWorkflowTask = 0)),
            RefusedCall.Of<ArgumentException>("deployment without version", "Version must be set", () => Worker(o => o.DeploymentOptions = new())),
            RefusedCall.Of<ArgumentException>("a behavior without versioning", "DefaultVersioningBehavior", () => Worker(o =>
                o.DeploymentOptions = new(version, false) { DefaultVersioningBehavior = VersioningBehavior.Pinned })),
            RefusedCall.Of<ArgumentException>(
                "versioning without behavior", "versioning behavior", () => Worker(o => o.DeploymentOptions = new(version, true))),
#pragma warning disable CS0618 // The obsolete options are refused as well as the others.
            RefusedCall.Of<ArgumentException>("build id and deployment", "BuildId", () => Worker(o =>
            {
                o.BuildId = "1";
                o.DeploymentOptions = new(version, false);
            })),
            RefusedCall.Of<ArgumentException>("old versioning without build id", "BuildId", () => Worker(o => o.UseWorkerVersioning = true)),
            RefusedCall.Of<NotSupportedException>("old versioning", "UseWorkerVersioning", () => Worker(o =>
            {
                o.BuildId = "1";
                o.UseWorkerVersioning = true;
            })),
#pragma warning restore CS0618
            RefusedCall.Of<NotSupportedException>("no payload limit", "DisablePayloadErrorLimit", () => Worker(o => o.DisablePayloadErrorLimit = true)),
            RefusedCall.Of<NotSupportedException>(
                "pollers that come and go", "SimpleMaximum", () => Worker(o => o.WorkflowTaskPollerBehavior = new PollerBehavior.Autoscaling())),
            RefusedCall.Of<ArgumentException>("a negative number of pollers", "Maximum", () => _ = new PollerBehavior.SimpleMaximum(-1)),
            RefusedCall.Of<InvalidOperationException>(
                "one poller for two queues", "at least 2", () => Worker(o => o.WorkflowTaskPollerBehavior = new PollerBehavior.SimpleMaximum(1))),
            RefusedCall.Of<ArgumentException>("no slots", "at least one slot", () => Worker(o => o.Tuner = WorkerTuner.CreateFixedSize(0, 1, 1))),
            RefusedCall.Of<ArgumentException>("slots said twice", "Tuner", () => Worker(o =>
            {
                o.Tuner = WorkerTuner.CreateFixedSize(2, 2, 2);
                o.MaxConcurrentActivities = 2;
            })),
            RefusedCall.Of<NotSupportedException>("a plugin of the client that is one for workers", "plugin both", () =>
            {
                var plugged = (TemporalClientOptions)client.Options.Clone();
                plugged.Plugins = [new DoublePlugin()];
                new TemporalWorker(new TemporalClient(client.Connection, plugged), options).Dispose();
            }),
            RefusedCall.Of<ArgumentException>("nothing to replay", "at least one workflow", () => _ = new WorkflowReplayer(new())),
            RefusedCall.Of<InvalidOperationException>("a hosted worker without client", "no client", async () =>
            {
                var builder = Host.CreateApplicationBuilder();
                builder.Services.AddHostedTemporalWorker("queue").AddWorkflow<Lamp>();
                using var host = builder.Build();
                await host.StartAsync();
            }),
        ];
    }
}
