using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Dualstack.Workflows;
using OpenTelemetry.Trace;
using Temporalio.Client;
using Temporalio.Extensions.OpenTelemetry;
using Temporalio.Testing;

namespace Dualstack.Worker.Tests;

public sealed class TracingTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task Migration_StartedByATracedClient_IsOneTraceFromClientToActivity()
    {
        var spans = new ExportedSpans();
        await using var temporal = await WorkflowEnvironment.StartLocalAsync(
            new WorkflowEnvironmentStartLocalOptions { SearchAttributes = MigrationSearchAttributes.All });
        var address = temporal.Client.Connection.Options.TargetHost!;
        await using var worker = await site.StartWorkerAsync(address, builder =>
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans)));
        await TestSite.EventuallyAsync(worker, HttpStatusCode.OK, report => report.GetProperty("ready").GetBoolean());

        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(address) { Interceptors = [new TracingInterceptor()] });
        var shoot = new ShootKey("sim", "garden-retail", "modern");
        var result = await client.ExecuteWorkflowAsync<ShootMigrationResult>(
            MessageNames.ShootMigrationWorkflow,
            [new ShootMigrationRequest { Shoot = shoot }],
            new WorkflowOptions(shoot.WorkflowId(), TaskQueues.Workflows));
        await worker.StopAsync();

        Assert.Equal(MigrationOutcome.NotApplicable, result.Outcome);
        var start = Assert.Single(spans, span => span.OperationName == "StartWorkflow:ShootMigrationWorkflow" && Shoot(span) == shoot.WorkflowId());
        var preflight = Assert.Single(spans, span => span.OperationName == "RunActivity:Preflight");
        Assert.Equal(ActivityKind.Client, start.Kind);
        Assert.Equal(start.TraceId, preflight.TraceId);
        Assert.Contains(spans, span => span.OperationName == "RunWorkflow:ShootMigrationWorkflow" && span.ParentSpanId == start.SpanId);
    }

    private static string? Shoot(Activity span) => span.GetTagItem("temporalWorkflowID") as string;

    /// <summary>A list that the exporter may fill while it is read.</summary>
    private sealed class ExportedSpans : ConcurrentBag<Activity>, ICollection<Activity>
    {
        bool ICollection<Activity>.IsReadOnly => false;

        bool ICollection<Activity>.Contains(Activity item) => this.AsEnumerable().Contains(item);

        bool ICollection<Activity>.Remove(Activity item) => throw new NotSupportedException();
    }
}
