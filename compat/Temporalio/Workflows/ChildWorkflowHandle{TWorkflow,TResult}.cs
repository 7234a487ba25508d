namespace Temporalio.Workflows;

public abstract class ChildWorkflowHandle<TWorkflow, TResult> : ChildWorkflowHandle<TWorkflow>
{
    public new Task<TResult> GetResultAsync() => GetResultAsync<TResult>();
}
