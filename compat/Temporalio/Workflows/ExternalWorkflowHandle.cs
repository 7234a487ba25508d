using System.Linq.Expressions;
using Temporalio.Common;

namespace Temporalio.Workflows;

public abstract class ExternalWorkflowHandle
{
    public abstract string Id { get; }

    public abstract string? RunId { get; }

    public Task SignalAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null)
    {
        var (method, args) = CallExpression.Read(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    public abstract Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null);

    public abstract Task CancelAsync();
}
