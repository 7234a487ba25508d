using Temporalio.Api.Common.V1;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed class ChildWorkflowHandleImpl<TWorkflow, TResult>(
    WorkflowRun run, IPayloadConverter converter, string id, string runId) : ChildWorkflowHandle<TWorkflow, TResult>
{
    public override string Id => id;

    public override string FirstExecutionRunId => runId;

    internal TaskCompletionSource<Payload?> Ended { get; } = new();

    public override async Task<T> GetResultAsync<T>()
    {
        var payload = await Ended.Task;
        return typeof(T) == typeof(ValueTuple) || payload == null ? default! : converter.ToValue<T>(payload);
    }

    public override Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null) =>
        run.Outbound.SignalChildWorkflowAsync(new(id, signal, args, options, null));
}
