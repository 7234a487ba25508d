namespace Temporalio.Workflows;

public enum InitialVersioningBehavior
{
    Unspecified = 0,
    AutoUpgrade = 1,
    UseRampingVersion = 2,
}
