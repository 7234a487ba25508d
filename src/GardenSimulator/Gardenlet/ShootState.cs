using System.Text.Json.Serialization;
using Dualstack.GardenSimulator.Cluster;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>What a garden's client cannot see of a shoot: the seed's resources, the cluster itself, and what is due when.</summary>
internal sealed class ShootState
{
    public required string Uid { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether the infrastructure has both families.</summary>
    public bool InfrastructureDual { get; set; }

    /// <summary>Whether the Network resource exists in the seed.</summary>
    public bool NetworkExists { get; set; }

    /// <summary>What the CNI extension reports as the Network's families; null if it reports none.</summary>
    public List<string>? NetworkFamilies { get; set; }

    /// <summary>The families pods get, whether reported or not.</summary>
    public int PodFamilies { get; set; } = 1;

    /// <summary>The number of cluster IPs of kube-dns.</summary>
    public int DnsServiceFamilies { get; set; } = 1;

    public List<SimNode> Nodes { get; set; } = [];

    public List<SimPod> Pods { get; set; } = [];

    public List<MachineRoll> Rolls { get; set; } = [];

    /// <summary>Per pool, what would replace its nodes if it changed.</summary>
    public Dictionary<string, string> PoolHashes { get; set; } = [];

    public RunState? Run { get; set; }

    public SortedDictionary<TimerKind, DateTimeOffset> Due { get; set; } = [];

    /// <summary>Conditions that somebody made unhealthy and that stay so, by type.</summary>
    public Dictionary<string, ConditionOverride> Conditions { get; set; } = [];

    /// <summary>What the last run left behind, in short.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>How long the last run took.</summary>
    public TimeSpan RunLength { get; set; }

    /// <summary>How many runs in a row have changed nothing.</summary>
    public int QuietRuns { get; set; }

    public int FailedAttempts { get; set; }

    public long RunCount { get; set; }

    /// <summary>Numbers nodes, pods and addresses.</summary>
    public int Counter { get; set; }

    /// <summary>The generation that the current retry cycle belongs to.</summary>
    public long RetryGeneration { get; set; }

    /// <summary>The generation of the CoreDNS deployment.</summary>
    public long DnsGeneration { get; set; } = 1;

    public string? DnsRestartedAt { get; set; }

    public Dictionary<string, string> DnsTemplateAnnotations { get; set; } = [];

    /// <summary>The cluster's own version counter, raised with every change of its objects.</summary>
    public long ClusterVersion { get; set; } = 1;

    /// <summary>What has gone since <see cref="OldestWatchable"/>; not kept over a restart.</summary>
    [JsonIgnore]
    public List<DeletedObject> Deleted { get; set; } = [];

    /// <summary>The oldest version of the cluster from which a watch misses nothing that has gone.</summary>
    [JsonIgnore]
    public long OldestWatchable { get; set; }

    /// <summary>What somebody changed on services, by name.</summary>
    public Dictionary<string, OwnMetadata> Services { get; set; } = [];

    /// <summary>The version at which shared objects such as the kube-dns service last changed, by kind and name.</summary>
    public Dictionary<string, long> ObjectVersions { get; set; } = [];

    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var due in Due.Values)
            {
                next = next is null || due < next ? due : next;
            }

            return next;
        }
    }

    public void DueBy(TimerKind kind, DateTimeOffset time)
    {
        if (!Due.TryGetValue(kind, out var present) || time < present)
        {
            Due[kind] = time;
        }
    }

    public long Touch() => ++ClusterVersion;

    public void Touch(string objectKey) => ObjectVersions[objectKey] = Touch();
}
