using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Garden;

/// <summary>
/// One shoot and the gardenlet that works on it, run by run, on whatever clock it is told. Only as much as a migration can notice;
/// the simulated garden of the product is tried in the tests of the activities.
/// </summary>
public sealed class ScriptedGarden
{
    private readonly Lock gate = new();
    private readonly List<ScriptedNode> nodes = [];
    private readonly List<PendingRolloutObservation> pending = [];
    private int version = 100;
    private DateTimeOffset? runEndsAt;
    private DateTimeOffset? coreDnsDualAt;
    private DateTimeOffset healthyAt;
    private bool tasksDue;
    private bool restartsCoreDns;

    public ScriptedGarden(int nodesPerPool = 2, params string[] pools)
    {
        Pools = pools.Length == 0 ? ["a", "b"] : pools;
        foreach (var pool in Pools)
        {
            for (var number = 1; number <= nodesPerPool; number++)
            {
                nodes.Add(new ScriptedNode($"{pool}-{number}", pool, false, DateTimeOffset.UnixEpoch));
            }
        }
    }

    public IReadOnlyList<string> Pools { get; }

    public string Uid { get; set; } = "11111111-1111-1111-1111-111111111111";

    public IReadOnlyList<string> Families { get; set; } = ["IPv4"];

    public string Provider { get; set; } = "aws";

    public string GardenerVersion => IsOld ? "v1.126.2" : "v1.149.3";

    public OverlaySetting Overlay { get; set; } = OverlaySetting.Off;

    public bool Hibernated { get; set; }

    public bool Workerless { get; set; }

    public bool Confined { get; set; }

    public bool NodesReadable { get; set; } = true;

    public bool NewNodesAreSingleStack { get; set; }

    public bool Exists { get; set; } = true;

    public string? Refusal { get; set; }

    /// <summary>Behaves as Gardener did before it migrated the cluster DNS in steps of its own.</summary>
    public bool IsOld { get; init; }

    public string? FailNextRunWith { get; set; }

    /// <summary>Begins no new run, as a gardenlet that is down.</summary>
    public bool Holds { get; set; }

    /// <summary>Every rollout that was taken on.</summary>
    public List<string> Operations { get; } = [];

    public TimeSpan RunTime { get; set; } = TimeSpan.FromMinutes(5);

    public TimeSpan CoreDnsTime { get; set; } = TimeSpan.FromMinutes(1);

    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(50);

    public bool InfrastructureDual { get; private set; }

    public bool NetworkDual { get; private set; }

    public bool KubeDnsDual { get; private set; }

    public string? Nc { get; private set; }

    public string? Dc { get; private set; }

    public string? Operation { get; set; }

    public string? Intent { get; private set; }

    public bool Marked { get; set; }

    public string State { get; private set; } = "Succeeded";

    public long Generation { get; private set; } = 1;

    public long ObservedGeneration { get; private set; } = 1;

    public DateTimeOffset RunEndedAt { get; private set; } = DateTimeOffset.UnixEpoch;

    public bool IsRunning => runEndsAt is not null;

    public bool IsRunDue => Generation > ObservedGeneration && !IsRunning && !Holds;

    /// <summary>Every write that changed the shoot, in order.</summary>
    public List<WriteKind> Audit { get; } = [];

    public int Rollouts { get; private set; }

    /// <summary>Lets the gardenlet do what is due until a moment.</summary>
    public void Advance(DateTimeOffset now)
    {
        lock (gate)
        {
            while (true)
            {
                if (runEndsAt is { } end && end <= now)
                {
                    EndRun(end);
                }
                else if (IsRunDue)
                {
                    StartRun(now);
                    if (runEndsAt > now)
                    {
                        return;
                    }
                }
                else
                {
                    return;
                }
            }
        }
    }

    public void StartRun(DateTimeOffset now)
    {
        ObservedGeneration = Generation;
        State = "Processing";
        runEndsAt = now + RunTime;
        if (Operation is { } operation && operation.StartsWith("rollout-workers=", StringComparison.Ordinal))
        {
            Rollouts++;
            Operations.Add(operation);
            var named = operation["rollout-workers=".Length..];
            pending.AddRange((named == "*" ? Pools : named.Split(',')).Select(pool => new PendingRolloutObservation(pool, now)));
            Operation = null;
        }

        if (Families.Count == 2 && !NetworkDual && Nc is null)
        {
            Nc = "Progressing";
        }

        version++;
    }

    public void DeployInfrastructure()
    {
        if (tasksDue && Families.Count == 2)
        {
            InfrastructureDual = true;
            tasksDue = false;
            version++;
        }
    }

    public void EndRun(DateTimeOffset now)
    {
        runEndsAt = null;
        RunEndedAt = now;
        healthyAt = now + SettleTime;
        version++;
        if (FailNextRunWith is not null)
        {
            State = "Failed";
            return;
        }

        DeployInfrastructure();
        NetworkDual = Families.Count == 2 && Nc is null or "True";
        CheckDns(now);
        foreach (var rollout in pending)
        {
            Replace(rollout.Pool, now);
        }

        pending.Clear();
        CheckNodes();
        State = "Succeeded";
    }

    /// <summary>Replaces the nodes of a pool, as a run or a person does.</summary>
    public void Replace(string pool, DateTimeOffset now)
    {
        lock (gate)
        {
            for (var index = 0; index < nodes.Count; index++)
            {
                if (nodes[index].Pool == pool)
                {
                    nodes[index] = new ScriptedNode($"{nodes[index].Name}x", pool, InfrastructureDual && !NewNodesAreSingleStack, now);
                }
            }
        }
    }

    /// <summary>Patched by hand before the migration began, and the first run has ended.</summary>
    public ScriptedGarden AlreadyPatched()
    {
        Families = ["IPv4", "IPv6"];
        InfrastructureDual = true;
        Nc = "Progressing";
        return this;
    }

    public void GoBack()
    {
        lock (gate)
        {
            Families = ["IPv4"];
            Nc = null;
            version++;
            Generation++;
        }
    }

    public void AnnotateByHand(string operation)
    {
        lock (gate)
        {
            version++;
            if (operation == "reconcile" || operation.StartsWith("rollout-workers=", StringComparison.Ordinal))
            {
                Generation++;
            }

            Operation = operation == "reconcile" ? null : operation;
        }
    }

    public WriteReceipt Write(WriteIntent intent, WriteKind kind, IReadOnlyList<string> families, IReadOnlyList<string> pools, DateTimeOffset now)
    {
        lock (gate)
        {
            if (Intent == intent.Id)
            {
                return Receipt(WriteOutcome.AlreadyWritten);
            }

            if (Generation != intent.Generation)
            {
                return Receipt(WriteOutcome.DecideAnew);
            }

            if (kind == WriteKind.IpFamilies && Refusal is not null)
            {
                return Receipt(WriteOutcome.Refused) with { Why = Refusal };
            }

            Intent = intent.Id;
            Marked = true;
            version++;
            Audit.Add(kind);
            Apply(kind, families, pools);
            return Receipt(WriteOutcome.Written);
        }

        WriteReceipt Receipt(WriteOutcome outcome) => new(intent.Id, kind, outcome, intent.Generation, Observe(now))
        {
            Pools = pools,
            Operation = kind == WriteKind.Rollout ? RolloutOperation(pools) : null,
        };
    }

    public void Unmark()
    {
        lock (gate)
        {
            Intent = null;
            Marked = false;
            version++;
        }
    }

    public ShootObservation Observe(DateTimeOffset now)
    {
        var ranges = InfrastructureDual ? 2 : 1;
        return new ShootObservation
        {
            ResourceVersion = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ServerTime = now,
            Uid = Uid,
            Generation = Generation,
            ObservedGeneration = ObservedGeneration,
            IpFamilies = Families,
            Provider = Provider,
            NetworkingType = "calico",
            Overlay = Overlay,
            Workerless = Workerless,
            HibernationEnabled = Hibernated,
            Hibernated = Hibernated,
            Confined = Confined,
            GardenerVersion = GardenerVersion,
            LastOperation = new RunObservation("Reconcile", State, State == "Processing" ? 40 : 100, RunEndedAt),
            ErrorCodes = State == "Failed" && FailNextRunWith is { Length: > 0 } code ? [code] : [],
            NodeRanges = ranges,
            PodRanges = ranges,
            ServiceRanges = ranges,
            NodesConstraint = Nc is null ? null : new ConstraintObservation("DualStackNodesMigrationReady", Nc),
            DnsConstraint = Dc is null ? null : new ConstraintObservation("DNSServiceMigrationReady", Dc),
            PendingOperation = Operation,
            IntentId = Intent,
            Marked = Marked,
            PendingRollouts = [.. pending],
            PendingRolloutCount = pending.Count,
            NewestRolloutAt = pending.Count == 0 ? null : pending[^1].InitiatedAt,
            PoolCount = Pools.Count,
            Pools = Pools,
            WorkersHash = "workers",
            ConditionsNotTrue = now < healthyAt ? [new ConstraintObservation("SystemComponentsHealthy", "Progressing")] : [],
        };
    }

    public NodeObservation Count(DateTimeOffset now)
    {
        lock (gate)
        {
            if (!NodesReadable)
            {
                return new NodeObservation { Readable = false, WhyNot = "the API is out of reach", At = now };
            }

            var pools = nodes.GroupBy(node => node.Pool)
                .Select(pool => new PoolObservation(pool.Key, pool.Count(), pool.Count(node => node.Dual), pool.Count()))
                .OrderBy(pool => pool.Done == pool.Total).ThenBy(pool => pool.Pool, StringComparer.Ordinal).ToList();
            var coreDnsDual = coreDnsDualAt <= now;
            return new NodeObservation
            {
                Readable = true,
                At = now,
                Total = nodes.Count,
                Done = nodes.Count(node => node.Dual),
                PoolCount = pools.Count,
                PoolsDone = pools.Count(pool => pool.Done == pool.Total),
                Pools = pools,
                SingleStackNodes = [.. nodes.Where(node => !node.Dual).Select(node => node.Name).Take(20)],
                NewestNodeAt = nodes.Count == 0 ? null : nodes.Max(node => node.CreatedAt),
                CoreDnsPods = 2,
                CoreDnsPodsDual = coreDnsDual ? 2 : 0,
                KubeDnsAddresses = KubeDnsDual ? 2 : 1,
            };
        }
    }

    private static string RolloutOperation(IReadOnlyList<string> pools) => $"rollout-workers={(pools.Count == 0 ? "*" : string.Join(',', pools))}";

    private void Apply(WriteKind kind, IReadOnlyList<string> families, IReadOnlyList<string> pools)
    {
        switch (kind)
        {
            case WriteKind.Mark:
                break;
            case WriteKind.IpFamilies:
                Families = families;
                tasksDue = true;
                Generation += Confined ? 0 : 1;
                break;
            case WriteKind.Rollout:
                Operation = RolloutOperation(pools);
                Generation++;
                break;
            case WriteKind.CoreDnsRun when IsOld:
                restartsCoreDns = true;
                Generation++;
                break;
            case WriteKind.RetryFailedRun:
                FailNextRunWith = null;
                Generation++;
                break;
            default:
                Generation++;
                break;
        }
    }

    private void CheckDns(DateTimeOffset now)
    {
        if (IsOld)
        {
            KubeDnsDual |= Nc is null && NetworkDual;
            coreDnsDualAt ??= restartsCoreDns ? now + CoreDnsTime : null;
            return;
        }

        var coreDnsDual = coreDnsDualAt <= now;
        if (Dc is not null)
        {
            Dc = KubeDnsDual ? null : coreDnsDual ? "True" : Dc;
        }

        if (Nc is null && Dc is null or "True" && NetworkDual)
        {
            KubeDnsDual = true;
        }
        else if (Dc == "Progressing" && coreDnsDualAt is null)
        {
            coreDnsDualAt = now + CoreDnsTime;
        }
    }

    private void CheckNodes()
    {
        if (Nc is null || !InfrastructureDual)
        {
            return;
        }

        if (NetworkDual)
        {
            Nc = null;
            Dc ??= IsOld ? null : "Progressing";
            KubeDnsDual |= IsOld;
        }
        else
        {
            Nc = nodes.Count > 0 && nodes.All(node => node.Dual) ? "True" : "Progressing";
        }
    }
}
