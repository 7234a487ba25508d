using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Activities;

/// <summary>What a look into a shoot shows. Who looks into it reads the Shoot first, so that its sight comes for free.</summary>
/// <param name="Observation">The shoot, read just before the nodes were counted.</param>
/// <param name="Nodes">The nodes and DNS pods; unreadable, with the reason, where the shoot's API is out of reach.</param>
public sealed record NodesReport(ShootObservation Observation, NodeObservation Nodes);
