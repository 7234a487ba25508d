namespace Temporalio.Workflows;

public enum ChildWorkflowCancellationType
{
    Abandon = 0,
    TryCancel = 1,
    WaitCancellationCompleted = 2,
    WaitCancellationRequested = 3,
}
