using System.Linq.Expressions;

namespace Temporalio.Workflows;

public abstract class ChildWorkflowHandle<TWorkflow> : ChildWorkflowHandle
{
    public Task SignalAsync(
        Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}
