namespace Temporalio.Workflows;

public enum ActivityCancellationType
{
    TryCancel = 0,
    WaitCancellationCompleted = 1,
    Abandon = 2,
}
