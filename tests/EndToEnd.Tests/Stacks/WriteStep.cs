namespace Dualstack.EndToEnd.Tests.Stacks;

/// <summary>The kinds of writes that a migration makes.</summary>
public enum WriteStep
{
    IpFamilies,
    Rollout,
    Reconcile,
    Unmark,
}
