using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>
/// Recognises a shoot in which periodic runs change nothing any more. When the clock leaps over days, all but the last of such runs
/// are left out: nobody can have seen them.
/// </summary>
internal static class Quiescence
{
    /// <summary>One quiet run may be chance (the order of the DNS tasks), two are not.</summary>
    private const int Enough = 2;

    private static readonly TimerKind[] Routine = [TimerKind.Sync, TimerKind.Maintenance, TimerKind.Care, TimerKind.StatusLabel];

    public static void NoteRun(ShootWork work, RunState run)
    {
        var length = work.Now - run.StartedAt;
        var fingerprint = Fingerprint(work);
        work.State.QuietRuns = fingerprint == work.State.Fingerprint && length == work.State.RunLength ? work.State.QuietRuns + 1 : 0;
        work.State.Fingerprint = fingerprint;
        work.State.RunLength = length;
    }

    /// <summary>The time of the next periodic run if the present one can be left out (it counts as done); otherwise null.</summary>
    public static DateTimeOffset? Skip(ShootWork work)
    {
        var garden = work.Garden;
        var state = work.State;
        if (state.QuietRuns < Enough || garden.Faults.All.Count > 0 || state.Due.Keys.Except(Routine).Any() || Fingerprint(work) != state.Fingerprint)
        {
            return null;
        }

        var horizon = garden.Now;
        if (state.Due.TryGetValue(TimerKind.Maintenance, out var maintenance) && maintenance < horizon)
        {
            horizon = maintenance;
        }

        var period = garden.Scaled(work.Timings.SyncPeriod) + state.RunLength;
        var periods = (long)Math.Floor((horizon - work.Now) / period);
        if (periods < 2)
        {
            return null;
        }

        state.RunCount += periods - 1;
        return work.Now + (period * (periods - 1));
    }

    private static string Fingerprint(ShootWork work)
    {
        var state = work.State;
        var constraints = work.Shoot.Objects("status", "constraints").Select(item => $"{item.Text("type")}={item.Text("reason")}");
        var text = string.Join(
            '|',
            work.Shoot["spec"]?.ToJsonString(),
            work.Shoot.At("metadata", "annotations")?.ToJsonString(),
            work.Shoot.At("status", "networking")?.ToJsonString(),
            string.Join(',', constraints),
            work.Constraint(Admission.Keys.NodesReady).Text("status"),
            work.Constraint(Admission.Keys.DnsReady).Text("status"),
            work.Hibernated,
            state.InfrastructureDual,
            state.NetworkFamilies?.Count,
            state.PodFamilies,
            state.DnsServiceFamilies,
            state.Rolls.Count,
            string.Join(',', state.Nodes.Select(node => node.Uid)),
            string.Join(',', state.Pods.Select(pod => pod.Uid)));
        return StableRandom.Uid(text).ToString();
    }
}
