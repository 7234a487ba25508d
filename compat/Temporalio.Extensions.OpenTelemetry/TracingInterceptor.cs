using System.Diagnostics;
using global::OpenTelemetry;
using global::OpenTelemetry.Context.Propagation;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

public class TracingInterceptor : IClientInterceptor, IWorkerInterceptor
{
    public static readonly ActivitySource ClientSource = new("Temporalio.Extensions.OpenTelemetry.Client");
    public static readonly ActivitySource WorkflowsSource = new("Temporalio.Extensions.OpenTelemetry.Workflow");
    public static readonly ActivitySource ActivitiesSource = new("Temporalio.Extensions.OpenTelemetry.Activity");

    public TracingInterceptor(TracingInterceptorOptions? options = null) => Options = options ?? new();

    public TracingInterceptorOptions Options { get; init; }

    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
        new TracingClientOutbound(this, nextInterceptor);

    public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) =>
        new TracingWorkflowInbound(this, nextInterceptor);

    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
        new TracingActivityInbound(this, nextInterceptor);

    internal IDictionary<string, Payload> Inject(IDictionary<string, Payload>? headers, ActivityContext context) =>
        HeadersFromContext(headers, new PropagationContext(context, Baggage.Current));

    internal PropagationContext? Extract(IReadOnlyDictionary<string, Payload>? headers) => HeadersToContext(headers);

    internal IEnumerable<KeyValuePair<string, object?>> TagsOfWorkflow(string workflowId) => CreateWorkflowTags(workflowId);

    internal IEnumerable<KeyValuePair<string, object?>> TagsOfUpdate(string workflowId, string? updateId) =>
        CreateUpdateTags(workflowId, updateId);

    internal IEnumerable<KeyValuePair<string, object?>> TagsInWorkflow() => CreateInWorkflowTags();

    internal IEnumerable<KeyValuePair<string, object?>> TagsInActivity() => CreateInActivityTags();

    protected virtual IDictionary<string, Payload> HeadersFromContext(
        IDictionary<string, Payload>? headers, PropagationContext ctx)
    {
        var carrier = new Dictionary<string, string>();
        Options.Propagator.Inject(ctx, carrier, (target, key, value) => target[key] = value);
        headers ??= new Dictionary<string, Payload>();
        headers[Options.HeaderKey] = DataConverter.Default.PayloadConverter.ToPayload(carrier);
        return headers;
    }

    protected virtual IDictionary<string, string> HeadersFromContext(
        IDictionary<string, string>? headers, PropagationContext ctx)
    {
        headers ??= new Dictionary<string, string>();
        Options.Propagator.Inject(ctx, headers, (target, key, value) => target[key] = value);
        return headers;
    }

    protected virtual PropagationContext? HeadersToContext(IReadOnlyDictionary<string, Payload>? headers) =>
        headers is not null && headers.TryGetValue(Options.HeaderKey, out var payload)
            ? HeadersToContext(DataConverter.Default.PayloadConverter.ToValue<Dictionary<string, string>>(payload))
            : null;

    protected virtual PropagationContext? HeadersToContext(IReadOnlyDictionary<string, string>? headers) =>
        headers is null
            ? null
            : Options.Propagator.Extract(
                default, headers, (source, key) => source.TryGetValue(key, out var value) ? [value] : []);

    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateWorkflowTags(string workflowId) =>
        Tags((Options.TagNameWorkflowId, workflowId));

    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateUpdateTags(string workflowId, string? updateId) =>
        Tags((Options.TagNameWorkflowId, workflowId), (Options.TagNameUpdateId, updateId));

    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateInWorkflowTags() =>
        Tags((Options.TagNameWorkflowId, Workflow.Info.WorkflowId), (Options.TagNameRunId, Workflow.Info.RunId));

    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateInActivityTags()
    {
        var info = ActivityExecutionContext.Current.Info;
        return Tags(
            (Options.TagNameWorkflowId, info.WorkflowId),
            (Options.TagNameRunId, info.WorkflowRunId),
            (Options.TagNameActivityId, info.ActivityId));
    }

    private static IEnumerable<KeyValuePair<string, object?>> Tags(params (string? Name, string? Value)[] tags) =>
        tags.Where(tag => tag is { Name: not null, Value: not null })
            .Select(tag => KeyValuePair.Create(tag.Name!, (object?)tag.Value));
}
