namespace Temporalio.Worker;

public enum WorkflowStackTrace
{
    None = 0,
    Normal = 1,
    WithoutFileInfo = 2,
}
