using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Garden;

/// <summary>
/// One shoot and the gardenlet that works on it, run by run, on whatever clock it is told. Only as much as a migration can notice;
/// the simulated garden of the product is tried in the tests of the activities.
/// </summary>
public sealed partial class ScriptedGarden
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

    public string GardenerVersion => Version ?? (IsOld ? "v1.126.2" : Flaps ? "v1.133.1" : "v1.149.3");

    public string? Version { get; set; }

    public int MultiZonePools { get; set; }

    /// <summary>The phase of a rotation of the certificate authorities; null for none.</summary>
    public string? Rotation { get; set; }

    public OverlaySetting Overlay { get; set; } = OverlaySetting.Off;

    public bool Hibernated { get; set; }

    public bool WakesUp { get; set; }

    public bool Unwell { get; set; }

    public bool Workerless { get; set; }

    public bool Confined { get; set; }

    public bool NodesReadable { get; set; } = true;

    public bool NewNodesAreSingleStack { get; set; }

    public bool Exists { get; set; } = true;

    public string? Refusal { get; set; }

    /// <summary>Behaves as Gardener did before it migrated the cluster DNS in steps of its own.</summary>
    public bool IsOld { get; init; }

    /// <summary>Behaves as Gardener 1.133 did: each run puts the DNS constraint on the shoot and takes it off again.</summary>
    public bool Flaps { get; init; }

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

    /// <summary>The shoot as the newest write that changed it left it.</summary>
    public ShootObservation? LastAnswer { get; private set; }

    public void EndCoreDnsRestart(DateTimeOffset now) => coreDnsDualAt = now;

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

    public WriteReceipt Write(WriteInput input, DateTimeOffset now)
    {
        var (intent, kind, families, pools) = (input.Intent, input.Intent.Kind, input.IpFamilies, input.Pools);
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

            if (kind == WriteKind.Rollout && pools.Except(Pools).Any())
            {
                return Receipt(WriteOutcome.DecideAnew) with { Unfit = true, Why = $"There is no worker pool \"{pools.Except(Pools).First()}\"." };
            }

            if (kind == WriteKind.RetryFailedRun && Operation is { } foreign)
            {
                return Receipt(WriteOutcome.DecideAnew) with { Why = $"The operation \"{foreign}\" waits on the shoot and must not be overwritten." };
            }

            if (kind == WriteKind.IpFamilies && Refusal is not null)
            {
                return Receipt(WriteOutcome.Refused) with { Why = Refusal };
            }

            Intent = intent.Id;
            Marked = true;
            version++;
            Audit.Add(kind);
            restartsCoreDns |= input.Tasks.Contains("restartCoreAddons");
            Apply(kind, families, pools);
            LastAnswer = Observe(now);
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
            case WriteKind.RetryFailedRun:
                FailNextRunWith = null;
                Generation++;
                break;
            default:
                Generation++;
                break;
        }
    }
}
