using System.Diagnostics;
using Dualstack.Temporalio.Tests.Worker;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Extensions.OpenTelemetry;
using Temporalio.Worker;

namespace Dualstack.Temporalio.Tests.Telemetry;

/// <summary>What the tracing interceptor tells about workflows, and what it does not call an error.</summary>
[Collection(WorkerCollection.Name)]
public sealed class TracingTests(ServerFixture server) : IDisposable
{
    private readonly SpanCollector spans = new();

    public void Dispose() => spans.Dispose();

    [Fact]
    public Task ContinueAsNew_WasAnErrorSpan_IsNoneAndGoesOnInTheSameTrace() => WithWorkerAsync(async scope =>
    {
        var options = scope.Options();
        await scope.Client.ExecuteWorkflowAsync((TracedWorkflow wf) => wf.RunAsync("again"), options);

        Assert.All(spans.Of(options.Id!), span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
        Assert.Equal(2, spans.Of(options.Id!).Count(span => span.OperationName == "RunWorkflow:TracedWorkflow"));
        spans.One("CompleteWorkflow:TracedWorkflow", options.Id!);
    });

    [Fact]
    public Task Failure_OfTheWorkflow_IsTheErrorOfItsEndWithTheException() => WithWorkerAsync(async scope =>
    {
        var options = scope.Options();
        await Assert.ThrowsAsync<WorkflowFailedException>(
            () => scope.Client.ExecuteWorkflowAsync((TracedWorkflow wf) => wf.RunAsync("fail"), options));

        var end = spans.One("CompleteWorkflow:TracedWorkflow", options.Id!);
        Assert.Equal((ActivityStatusCode.Error, "not as expected"), (end.Status, end.StatusDescription));
        Assert.Equal("exception", Assert.Single(end.Events).Name);
        Assert.Equal(spans.One("RunWorkflow:TracedWorkflow", options.Id!).SpanId, end.ParentSpanId);
    });

    [Fact]
    public Task BenignFailure_IsRecordedButNoError() => WithWorkerAsync(async scope =>
    {
        var options = scope.Options();
        await Assert.ThrowsAsync<WorkflowFailedException>(
            () => scope.Client.ExecuteWorkflowAsync((TracedWorkflow wf) => wf.RunAsync("benign"), options));

        var end = spans.One("CompleteWorkflow:TracedWorkflow", options.Id!);
        Assert.Equal(ActivityStatusCode.Unset, end.Status);
        Assert.Single(end.Events);
    });

    [Fact]
    public Task Bug_FailsTheTask_IsNoEndOfTheWorkflow() => WithWorkerAsync(async scope =>
    {
        TracedWorkflow.Broken = true;
        var options = scope.Options();
        options.TaskTimeout = TimeSpan.FromSeconds(1);
        var handle = await scope.Client.StartWorkflowAsync((TracedWorkflow wf) => wf.RunAsync("bug"), options);
        while (!spans.Of(handle.Id).Any(span => span.OperationName == "WorkflowTaskFailure:TracedWorkflow"))
        {
            await Task.Yield();
        }

        TracedWorkflow.Broken = false;
        Assert.Equal("repaired", await handle.GetResultAsync());
        Assert.Equal(ActivityStatusCode.Unset, spans.One("CompleteWorkflow:TracedWorkflow", handle.Id).Status);
    });

    [Fact]
    public Task Handlers_HungUnderTheirCallers_AreChildrenOfTheStartWithALinkToTheCaller() => WithWorkerAsync(async scope =>
    {
        var handle = await scope.Client.StartWorkflowAsync((TracedWorkflow wf) => wf.RunAsync("wait"), scope.Options());
        await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.PaintAsync("red")));
        Assert.False(await handle.QueryAsync(wf => wf.Ended()));
        await handle.SignalAsync(wf => wf.EndAsync());
        await handle.GetResultAsync();

        var start = spans.One("StartWorkflow:TracedWorkflow", handle.Id);
        foreach (var (handler, caller) in new[]
        {
            ("HandleSignal:End", "SignalWorkflow:End"), ("HandleQuery:Ended", "QueryWorkflow:Ended"),
            ("HandleUpdate:Paint", "UpdateWorkflow:Paint"), ("ValidateUpdate:Paint", "UpdateWorkflow:Paint"),
        })
        {
            var span = spans.One(handler, handle.Id);
            Assert.Equal(start.SpanId, span.ParentSpanId);
            Assert.Equal(spans.One(caller, handle.Id).SpanId, Assert.Single(span.Links).Context.SpanId);
        }

        var end = spans.One("CompleteUpdate:Paint", handle.Id);
        Assert.Equal((ActivityStatusCode.Error, "no red left"), (end.Status, end.StatusDescription));
    });

    [Fact]
    public Task Baggage_OfTheCaller_IsCurrentInTheWorkflowAndItsActivities() => WithWorkerAsync(async scope =>
    {
        Baggage.SetBaggage("tenant", "blue");
        Assert.Equal("blue/blue", await scope.Client.ExecuteWorkflowAsync((TracedWorkflow wf) => wf.RunAsync("again"), scope.Options()));
    });

    private async Task WithWorkerAsync(Func<WorkerScope, Task> body)
    {
        var options = (TemporalClientOptions)server.Client.Options.Clone();
        options.Interceptors =
        [
            new TracingInterceptor(new()
            {
                Propagator = new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]),
            }),
        ];
        var client = new TemporalClient(server.Client.Connection, options);
        var queue = $"traced-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(
            client, new TemporalWorkerOptions(queue).AddWorkflow<TracedWorkflow>().AddActivity(TracedWorkflow.TenantOfActivity));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await worker.ExecuteAsync(() => body(new(client, queue)), limit.Token);
    }
}
