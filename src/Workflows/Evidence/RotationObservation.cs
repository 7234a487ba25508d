namespace Dualstack.Workflows.Evidence;

/// <summary>A rotation of credentials that is under way.</summary>
/// <param name="Of">What is rotated, such as <c>certificateAuthorities</c>.</param>
/// <param name="Phase">Such as <c>Preparing</c>.</param>
public sealed record RotationObservation(string Of, string Phase);
