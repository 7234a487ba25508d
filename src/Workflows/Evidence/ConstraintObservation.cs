namespace Dualstack.Workflows.Evidence;

/// <summary>A condition or constraint of a Shoot.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Status"><c>True</c>, <c>False</c>, <c>Unknown</c> or <c>Progressing</c>.</param>
/// <param name="Reason">The reason; null for none.</param>
/// <param name="Since">When the status last changed; null if unknown.</param>
public sealed record ConstraintObservation(string Type, string Status, string? Reason = null, DateTimeOffset? Since = null);
