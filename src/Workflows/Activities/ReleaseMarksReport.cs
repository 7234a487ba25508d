using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Activities;

/// <summary>How a shoot was left.</summary>
/// <param name="Observation">The shoot afterwards; null if it is gone or another one.</param>
/// <param name="Withdrawn">Whether an operation of ours that nobody had taken was withdrawn.</param>
public sealed record ReleaseMarksReport(ShootObservation? Observation, bool Withdrawn);
