using System.Linq.Expressions;
using Temporalio.Common;

namespace Temporalio.Workflows;

public abstract class ChildWorkflowHandle
{
    public abstract string Id { get; }

    public abstract string FirstExecutionRunId { get; }

    public Task GetResultAsync() => GetResultAsync<ValueTuple>();

    public abstract Task<TResult> GetResultAsync<TResult>();

    public Task SignalAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null)
    {
        var (method, args) = CallExpression.Read(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    public abstract Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null);
}
