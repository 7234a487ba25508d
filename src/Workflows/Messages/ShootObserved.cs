using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows;

/// <summary>Payload of the signal <see cref="MessageNames.ShootObserved"/>: a hint, not a command.</summary>
/// <param name="Observation">The shoot as the observer sees it.</param>
/// <param name="Digest">See <see cref="ShootDigest"/>.</param>
public sealed record ShootObserved(ShootObservation? Observation, string? Digest);
