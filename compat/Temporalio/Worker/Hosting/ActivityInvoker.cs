using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Engine;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.Hosting;

/// <summary>Calls activity code with its context and interceptors.</summary>
internal sealed class ActivityInvoker(WorkerContext context, ActivityRegistry registry)
{
    private readonly ILogger logger = context.LoggerFactory.CreateLogger("Temporalio.Activities");

    internal DataConverter ConverterFor(ActivityInfo info) =>
        context.Client.Options.DataConverter.WithSerializationContext(new ISerializationContext.Activity(info));

    internal ActivityExecutionContext NewContext(
        ActivityInfo info, CancellationToken cancellation, CancellationToken workerShutdown) => new(
        info,
        cancellation,
        workerShutdown,
        new ActivityLogger(context.LoggerFactory.CreateLogger($"Temporalio.Activity:{info.ActivityType}"), info.LoggerScope),
        info.DataConverter.PayloadConverter,
        () => context.MetricMeter.WithTags(new Dictionary<string, object>
        {
            ["namespace"] = info.Namespace,
            ["task_queue"] = info.TaskQueue,
            ["activity_type"] = info.ActivityType,
        }),
        context.TemporalClient);

    internal async Task<object?> InvokeAsync(
        ActivityExecutionContext activity, Payloads? input, Header? header, Action<object?[]> heartbeat)
    {
        var definition = registry.Find(activity.Info.ActivityType);
        ActivityInboundRoot root = new();
        var inbound = (context.Options.Interceptors ?? []).Reverse().Aggregate<IWorkerInterceptor, ActivityInboundInterceptor>(
            root, (next, interceptor) => interceptor.InterceptActivity(next));
        return await context.Options.ActivityTaskFactory.StartNew(async () =>
        {
            ActivityExecutionContext.AsyncLocalCurrent.Value = activity;
            try
            {
                await PayloadVisitor.DecodeAsync(activity.Info.DataConverter.PayloadCodec, input);
                await PayloadVisitor.DecodeAsync(activity.Info.DataConverter.PayloadCodec, header);
                inbound.Init(new ActivityOutboundRoot(heartbeat));
                activity.Outbound = root.Outbound;
                var args = DecodeArgs(definition, activity, input.OrEmpty());
                return await inbound.ExecuteActivityAsync(new(definition, args, header.ToFields()));
            }
            finally
            {
                ActivityExecutionContext.AsyncLocalCurrent.Value = null;
            }
        }).Unwrap();
    }

    internal void LogFailure(ActivityExecutionContext activity, Exception e)
    {
        using (logger.BeginScope(activity.Info.LoggerScope))
        {
            logger.Log(
                e is ApplicationFailureException { Category: ApplicationErrorCategory.Benign } ? LogLevel.Debug : LogLevel.Warning,
                e,
                "Activity {ActivityType} ({ActivityId}, attempt {Attempt}) of workflow {WorkflowId} failed",
                activity.Info.ActivityType,
                activity.Info.ActivityId,
                activity.Info.Attempt,
                activity.Info.WorkflowId);
        }
    }

    private static object?[] DecodeArgs(
        ActivityDefinition definition, ActivityExecutionContext activity, IReadOnlyList<Payload> input)
    {
        if (definition.Dynamic)
        {
            return [input.Select(p => (IRawValue)new RawValue(p)).ToArray()];
        }

        if (input.Count < definition.RequiredParameterCount)
        {
            throw new ApplicationFailureException(
                $"Activity {definition.Name} needs {definition.RequiredParameterCount} arguments, but was given {input.Count}");
        }

        var types = definition.ParameterTypes as IReadOnlyList<Type> ?? [.. definition.ParameterTypes];
        var args = new object?[Math.Min(input.Count, types.Count)];
        for (var i = 0; i < args.Length; i++)
        {
            try
            {
                args[i] = activity.PayloadConverter.ToValue(input[i], types[i]);
            }
            catch (Exception e)
            {
                throw new ApplicationFailureException(
                    $"Argument {i} of activity {definition.Name} cannot be decoded as {types[i]}", e);
            }
        }

        return args;
    }

    private sealed class ActivityInboundRoot : ActivityInboundInterceptor
    {
        internal ActivityOutboundInterceptor? Outbound { get; private set; }

        public override void Init(ActivityOutboundInterceptor outbound) => Outbound = outbound;

        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => input.Activity.InvokeAsync(input.Args);
    }

    private sealed class ActivityOutboundRoot(Action<object?[]> heartbeat) : ActivityOutboundInterceptor
    {
        public override void Heartbeat(HeartbeatInput input) => heartbeat(input.Details);
    }
}
