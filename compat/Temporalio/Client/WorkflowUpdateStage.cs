namespace Temporalio.Client;

public enum WorkflowUpdateStage
{
    None = 0,
    Admitted = 1,
    Accepted = 2,
    Completed = 3,
}
