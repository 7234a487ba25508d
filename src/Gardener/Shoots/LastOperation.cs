namespace Dualstack.Gardener.Shoots;

/// <summary>What gardenlet did last, or is doing.</summary>
/// <param name="Type"><c>Create</c>, <c>Reconcile</c>, <c>Delete</c>, <c>Migrate</c>, <c>Restore</c> or <c>LiveMigrate</c>.</param>
/// <param name="State"><c>Pending</c>, <c>Processing</c>, <c>Succeeded</c>, <c>Error</c>, <c>Failed</c> or <c>Aborted</c>.</param>
/// <param name="Progress">0 to 100.</param>
/// <param name="Description">Gardener's words.</param>
/// <param name="LastUpdateTime">When it reported last, by the garden's clock.</param>
public sealed record LastOperation(string Type, string State, int Progress, string Description, DateTimeOffset? LastUpdateTime)
{
    /// <summary>Whether gardenlet has ended and will not go on by itself: <c>Error</c> is retried, so it is not terminal.</summary>
    public bool IsTerminal => State is "Succeeded" or "Failed" or "Aborted";
}
