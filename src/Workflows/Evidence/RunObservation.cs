namespace Dualstack.Workflows.Evidence;

/// <summary>Gardener's newest run.</summary>
/// <param name="Type">Such as <c>Reconcile</c>.</param>
/// <param name="State">Such as <c>Succeeded</c>.</param>
/// <param name="Progress">In percent.</param>
/// <param name="LastUpdateTime">When it last reported; for an ended run, when it ended.</param>
/// <param name="Description">What it says, cut.</param>
public sealed record RunObservation(string Type, string State, int Progress, DateTimeOffset? LastUpdateTime, string? Description = null);
