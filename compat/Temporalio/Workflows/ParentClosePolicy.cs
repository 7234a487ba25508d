namespace Temporalio.Workflows;

public enum ParentClosePolicy
{
    None = 0,
    Terminate = 1,
    Abandon = 2,
    RequestCancel = 3,
}
