using Dualstack.Workflows.Writes;
using Temporalio.Activities;

namespace Dualstack.Workflows.Activities;

/// <summary>The cluster DNS.</summary>
public interface IDnsActivities
{
    /// <summary>Asks for the run that restarts CoreDNS, on old versions of Gardener with the task for it. Idempotent by the intent.</summary>
    /// <param name="input">The decision, with <see cref="WriteInput.Tasks"/>.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> RestartCoreDnsAsync(WriteInput input);

    /// <summary>
    /// Counts the CoreDNS pods once and fails with <see cref="ErrorTypes.NotYet"/> and the next retry delay
    /// <see cref="AwaitInput.LookEvery"/> while some have one address, or there are none.
    /// </summary>
    /// <param name="input">The shoot, and how often to look.</param>
    /// <returns>The counts with all pods done, or unreadable ones.</returns>
    [Activity]
    Task<NodesReport> AwaitCoreDnsAsync(AwaitInput input);

    /// <summary>Asks for the run that gives <c>kube-dns</c> its second address. Idempotent by the intent.</summary>
    /// <param name="input">The decision.</param>
    /// <returns>The receipt.</returns>
    [Activity]
    Task<WriteReceipt> SwitchKubeDnsAsync(WriteInput input);
}
