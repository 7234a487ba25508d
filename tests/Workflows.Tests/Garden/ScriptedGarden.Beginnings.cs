namespace Dualstack.Workflows.Tests.Garden;

/// <summary>How a shoot can be found, and what others do to it.</summary>
public sealed partial class ScriptedGarden
{
    /// <summary>Patched by hand before the migration began, and the first run has ended.</summary>
    public ScriptedGarden AlreadyPatched()
    {
        Families = ["IPv4", "IPv6"];
        InfrastructureDual = true;
        Nc = "Progressing";
        return this;
    }

    /// <summary>Gardener gave up on the shoot before the migration began.</summary>
    public ScriptedGarden AlreadyFailed(string code)
    {
        FailNextRunWith = code;
        State = "Failed";
        return this;
    }

    /// <summary>Brought past the nodes by hand with a network that does not report families, so that nothing restarted CoreDNS.</summary>
    public ScriptedGarden AlreadyPastTheNodes()
    {
        Families = ["IPv4", "IPv6"];
        InfrastructureDual = true;
        NetworkDual = true;
        KubeDnsDual = true;
        foreach (var pool in Pools)
        {
            Replace(pool, DateTimeOffset.UnixEpoch);
        }

        return this;
    }

    /// <summary>Gardener leaves the state Failed without anybody's retry, as after an update of the landscape.</summary>
    public void Heal()
    {
        lock (gate)
        {
            version++;
            FailNextRunWith = null;
            State = "Succeeded";
        }
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
}
