using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Activities;

/// <summary>What a look before the first write shows.</summary>
/// <param name="Observation">The shoot.</param>
/// <param name="Refusal">Why the garden would refuse the second family, in its own words; null if it would not, or was not asked.</param>
/// <param name="Nodes">The nodes; unreadable where the shoot's API is out of reach.</param>
public sealed record PreflightReport(ShootObservation Observation, string? Refusal, NodeObservation Nodes);
