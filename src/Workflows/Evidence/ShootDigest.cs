using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dualstack.Workflows.Evidence;

/// <summary>
/// What has to change about a shoot for its migration to be told: spec.networking, workers, hibernation, deletion, seed, Gardener version,
/// operation, pending rollouts, both constraints, the lengths of status.networking, and the last terminal state with its observed generation.
/// Progress, Processing, Error and times are not in it.
/// </summary>
/// <param name="Value">Equal for equal digests; 32 hexadecimal digits.</param>
/// <param name="Terminal">The last terminal state with its observed generation; empty if none was seen.</param>
public sealed record ShootDigest(string Value, string Terminal)
{
    /// <summary>Computes the digest of an observation.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="previous">The digest of the observation before, for the last terminal state while a run is in progress; null for the first.</param>
    /// <returns>The digest.</returns>
    public static ShootDigest Of(ShootObservation observation, ShootDigest? previous)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var terminal = observation.LastOperation is { State: "Succeeded" or "Failed" or "Aborted" } operation
            ? $"{operation.State}@{observation.ObservedGeneration.ToString(CultureInfo.InvariantCulture)}"
            : previous?.Terminal ?? string.Empty;
        string[] parts =
        [
            string.Join(',', observation.IpFamilies), observation.NetworkingType ?? string.Empty, observation.Overlay.ToString(),
            Number(observation.PoolCount), observation.WorkersHash ?? string.Empty,
            Flag(observation.HibernationEnabled), Flag(observation.Hibernated), Flag(observation.Deleting),
            observation.SeedName ?? string.Empty, observation.StatusSeedName ?? string.Empty,
            observation.GardenerVersion ?? string.Empty,
            observation.PendingOperation ?? string.Empty,
            Number(observation.PendingRolloutCount),
            string.Join(',', observation.PendingRollouts.Select(rollout => rollout.Pool).Order(StringComparer.Ordinal)),
            observation.NodesConstraint?.Status ?? string.Empty, observation.DnsConstraint?.Status ?? string.Empty,
            Number(observation.NodeRanges), Number(observation.PodRanges), Number(observation.ServiceRanges),
            terminal,
        ];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)));
        return new ShootDigest(Convert.ToHexStringLower(hash.AsSpan(0, 16)), terminal);
    }

    private static string Flag(bool value) => value ? "1" : "0";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
