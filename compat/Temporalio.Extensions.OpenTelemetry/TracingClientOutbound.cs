using System.Diagnostics;
using Temporalio.Api.Common.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace Temporalio.Extensions.OpenTelemetry;

internal sealed class TracingClientOutbound(TracingInterceptor root, ClientOutboundInterceptor next)
    : ClientOutboundInterceptor(next)
{
    public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
    {
        var verb = input.Options.StartSignal is null ? "StartWorkflow" : "SignalWithStartWorkflow";
        return TraceAsync(
            $"{verb}:{input.Workflow}",
            root.TagsOfWorkflow(input.Options.Id!),
            context => base.StartWorkflowAsync<TWorkflow, TResult>(
                input with { Headers = Headers(input.Headers, context) }));
    }

    public override Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input) =>
        input.Options.StartWorkflowOperation is not { } start ? base.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input) : TraceAsync(
            $"UpdateWithStartWorkflow:{start.Workflow}",
            root.TagsOfUpdate(start.Options.Id!, input.Options.Id),
            context =>
            {
                start.Headers = Headers(start.Headers, context);
                return base.StartUpdateWithStartWorkflowAsync<TUpdateResult>(
                    input with { Headers = Headers(input.Headers, context) });
            });

    public override Task SignalWorkflowAsync(SignalWorkflowInput input) =>
        TraceAsync(
            $"SignalWorkflow:{input.Signal}",
            root.TagsOfWorkflow(input.Id),
            async context =>
            {
                await base.SignalWorkflowAsync(input with { Headers = Headers(input.Headers, context) });
                return true;
            });

    public override Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input) =>
        TraceAsync(
            $"QueryWorkflow:{input.Query}",
            root.TagsOfWorkflow(input.Id),
            context => base.QueryWorkflowAsync<TResult>(input with { Headers = Headers(input.Headers, context) }));

    public override Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input) =>
        TraceAsync(
            $"UpdateWorkflow:{input.Update}",
            root.TagsOfUpdate(input.Id, input.Options.Id),
            context => base.StartWorkflowUpdateAsync<TResult>(
                input with { Headers = Headers(input.Headers, context) }));

    private IDictionary<string, Payload>? Headers(IDictionary<string, Payload>? headers, ActivityContext? context) =>
        context is { } current ? root.Inject(headers, current) : headers;

    private static async Task<T> TraceAsync<T>(
        string name, IEnumerable<KeyValuePair<string, object?>> tags, Func<ActivityContext?, Task<T>> call)
    {
        using var activity = TracingInterceptor.ClientSource.StartActivity(name, ActivityKind.Client, default(ActivityContext), tags);
        try
        {
            return await call(Activity.Current?.Context);
        }
        catch (Exception e)
        {
            SpanExceptions.Record(activity, e);
            throw;
        }
    }
}
