namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>The kinds of writes that a migration makes.</summary>
public enum WriteStep
{
    Mark,
    IpFamilies,
    Rollout,
    Reconcile,
    Retry,
    Unmark,
}
