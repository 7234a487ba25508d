using System.Linq.Expressions;

namespace Temporalio.Workflows;

public abstract class ExternalWorkflowHandle<TWorkflow> : ExternalWorkflowHandle
{
    public Task SignalAsync(
        Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}
