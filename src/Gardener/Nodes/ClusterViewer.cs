using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Shoots;
using k8s;
using k8s.Models;

namespace Dualstack.Gardener.Nodes;

/// <summary>Looks into a shoot through its own API and keeps counts, not objects: 5,000 nodes pass through page by page.</summary>
/// <param name="shoot">A client of the shoot's API with a viewer's rights.</param>
/// <param name="key">The shoot, for messages.</param>
public sealed class ClusterViewer(IKubernetes shoot, ShootKey key)
{
    private const int PageSize = 250;
    private const int NamesPerPool = 20;
    private const string SystemNamespace = "kube-system";
    private const string DnsService = "kube-dns";

    /// <summary>Counts nodes, and looks at the cluster DNS.</summary>
    /// <param name="families">How many address families are asked for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="GardenException">The API is out of reach, or a right is missing. That says nothing about the nodes.</exception>
    public async Task<ClusterView> LookAsync(int families, CancellationToken cancellationToken) => new(
        await CountNodesAsync(families, cancellationToken),
        await LookAtDnsAsync(families, cancellationToken));

    /// <summary>Counts nodes by pool.</summary>
    /// <param name="families">How many address families are asked for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The pools that have nodes, in order of the name.</returns>
    /// <exception cref="GardenException">The API is out of reach, or a right is missing. That says nothing about the nodes.</exception>
    public async Task<IReadOnlyList<PoolNodes>> CountNodesAsync(int families, CancellationToken cancellationToken)
    {
        var restarted = false;
        while (true)
        {
            try
            {
                return await CountOnceAsync(families, cancellationToken);
            }
            catch (GardenException exception) when (exception.Kind == GardenErrorKind.Expired && !restarted)
            {
                restarted = true;
            }
        }
    }

    private static bool IsReady(V1Node node) =>
        node.Status?.Conditions?.Any(condition => condition.Type == "Ready" && condition.Status == "True") ?? false;

    private async Task<IReadOnlyList<PoolNodes>> CountOnceAsync(int families, CancellationToken cancellationToken)
    {
        var pools = new SortedDictionary<string, PoolCount>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            var position = token;
            var page = await ApiErrors.GuardAsync(
                About("list", "nodes", null),
                () => shoot.CoreV1.ListNodeAsync(continueParameter: position, limit: PageSize, cancellationToken: cancellationToken),
                cancellationToken);
            foreach (var node in page.Items)
            {
                var pool = node.Metadata.Labels?.TryGetValue(GardenNames.PoolLabel, out var name) == true ? name : string.Empty;
                if (!pools.TryGetValue(pool, out var count))
                {
                    pools[pool] = count = new PoolCount();
                }

                count.Add(node.Metadata.Name, node.Metadata.CreationTimestamp, IsReady(node), node.Spec?.PodCIDRs?.Count == families);
            }

            token = page.Metadata?.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(token));

        return [.. pools.Select(pool => pool.Value.ToPool(pool.Key))];
    }

    private async Task<ClusterDns> LookAtDnsAsync(int families, CancellationToken cancellationToken)
    {
        var service = await ReadDnsServiceAsync(cancellationToken);
        var pods = await ApiErrors.GuardAsync(
            About("list", "pods", SystemNamespace),
            () => shoot.CoreV1.ListNamespacedPodAsync(SystemNamespace, labelSelector: $"k8s-app={DnsService}", cancellationToken: cancellationToken),
            cancellationToken);
        var living = pods.Items.Where(pod => pod.Metadata.DeletionTimestamp is null && pod.Status?.Phase is not ("Succeeded" or "Failed")).ToList();
        return new ClusterDns(
            service?.Spec?.ClusterIPs?.Count ?? 0,
            living.Count,
            living.Count(pod => pod.Status?.PodIPs?.Count == families));
    }

    private async Task<V1Service?> ReadDnsServiceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ApiErrors.GuardAsync(
                About("get", "services", SystemNamespace),
                () => shoot.CoreV1.ReadNamespacedServiceAsync(DnsService, SystemNamespace, cancellationToken: cancellationToken),
                cancellationToken);
        }
        catch (GardenException exception) when (exception.Kind == GardenErrorKind.NotFound)
        {
            return null;
        }
    }

    private ApiRequest About(string verb, string resource, string? inNamespace) =>
        new($"the API of shoot {key}", verb, resource, inNamespace, inNamespace is null ? $"its {resource}" : $"its {resource} in {inNamespace}");

    private sealed class PoolCount
    {
        private readonly List<string> behind = [];
        private int total;
        private int migrated;
        private int ready;
        private DateTimeOffset? newest;
        private DateTimeOffset? oldestBehind;

        public void Add(string name, DateTime? created, bool isReady, bool isMigrated)
        {
            total++;
            ready += isReady ? 1 : 0;
            migrated += isMigrated ? 1 : 0;
            if (!isMigrated && behind.Count < NamesPerPool)
            {
                behind.Add(name);
            }

            if (created is { } time)
            {
                var moment = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
                newest = newest > moment ? newest : moment;
                oldestBehind = isMigrated || oldestBehind < moment ? oldestBehind : moment;
            }
        }

        public PoolNodes ToPool(string pool) => new(pool, total, migrated, ready, newest, oldestBehind, behind);
    }
}
