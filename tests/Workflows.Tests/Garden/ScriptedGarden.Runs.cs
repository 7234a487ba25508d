using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Tests.Garden;

/// <summary>What the gardenlet does, run by run.</summary>
public sealed partial class ScriptedGarden
{
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

        if (Flaps && Families.Count == 2 && NetworkDual && Nc is null)
        {
            Dc ??= "Progressing";
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

    private void CheckDns(DateTimeOffset now)
    {
        if (IsOld)
        {
            KubeDnsDual |= Nc is null && NetworkDual;
            coreDnsDualAt ??= restartsCoreDns ? now + CoreDnsTime : null;
            return;
        }

        var coreDnsDual = coreDnsDualAt <= now;
        if (restartsCoreDns && NetworkDual)
        {
            coreDnsDualAt ??= now + CoreDnsTime;
        }

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
