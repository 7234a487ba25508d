using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>The nodes.</summary>
public interface INodeActivities
{
    /// <summary>Reads the Shoot, and counts nodes and CoreDNS pods through the shoot's own API.</summary>
    /// <param name="input">The shoot.</param>
    /// <returns>The counts; unreadable, with the reason, where that API is out of reach for good.</returns>
    [Activity]
    Task<NodesReport> ObserveNodesAsync(ShootInput input);

    /// <summary>Asks Gardener to replace the nodes of <see cref="WriteInput.Pools"/>. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt, with pools and operation.</returns>
    [Activity]
    Task<WriteReceipt> RequestRolloutAsync(WriteInput input);

    /// <summary>
    /// Counts the nodes once, reports the count as heartbeat details, and fails with <see cref="ErrorTypes.NotYet"/> and the
    /// next retry delay <see cref="AwaitInput.LookEvery"/> while some are single-stack. A retry costs no history and, between
    /// attempts, no slot.
    /// </summary>
    /// <param name="input">The shoot, and how often to look.</param>
    /// <returns>The counts with all nodes done, or unreadable ones.</returns>
    [Activity]
    Task<NodesReport> AwaitRolloutProgressAsync(AwaitInput input);

    /// <summary>Asks for a run that looks at the nodes, where all are done and Gardener has not noticed. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> RequestNodeCheckAsync(WriteInput input);
}
