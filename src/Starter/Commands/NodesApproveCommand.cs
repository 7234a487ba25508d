using Dualstack.Workflows;

namespace Dualstack.Starter.Commands;

/// <summary>Approves a rollout.</summary>
internal sealed class NodesApproveCommand() : UpdateCommand("approve", "Approves that Gardener replaces the nodes.", MessageNames.Approve, takesPools: true);
