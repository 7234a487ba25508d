namespace Temporalio.Workflows;

public enum HandlerUnfinishedPolicy
{
    WarnAndAbandon = 0,
    Abandon = 1,
}
