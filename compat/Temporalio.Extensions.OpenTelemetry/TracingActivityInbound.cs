using System.Diagnostics;
using global::OpenTelemetry;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Extensions.OpenTelemetry;

internal sealed class TracingActivityInbound(TracingInterceptor root, ActivityInboundInterceptor next)
    : ActivityInboundInterceptor(next)
{
    public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
    {
        var parent = root.Extract(input.Headers);
        var outerBaggage = Baggage.Current;
        if (parent is { } context)
        {
            Baggage.Current = context.Baggage;
        }

        using var activity = TracingInterceptor.ActivitiesSource.StartActivity(
            $"RunActivity:{input.Activity.Name}",
            ActivityKind.Server,
            parent?.ActivityContext ?? default,
            root.TagsInActivity());
        try
        {
            return await base.ExecuteActivityAsync(input);
        }
        catch (Exception e)
        {
            SpanExceptions.Record(activity, e);
            throw;
        }
        finally
        {
            Baggage.Current = outerBaggage;
        }
    }
}
