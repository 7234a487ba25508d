using Dualstack.GardenSimulator.Cluster;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>Does what a shoot has due.</summary>
internal static class ShootTimers
{
    public static void Fire(Garden garden, ShootState state, DateTimeOffset due)
    {
        if (garden.Shoots.FindByUid(state.Uid) is not { } entry)
        {
            return;
        }

        var kind = state.Due.First(pair => pair.Value <= due).Key;
        state.Due.Remove(kind);
        var work = new ShootWork(garden, entry, state, due);
        switch (kind)
        {
            case TimerKind.Roll:
                NodeRoller.Step(work);
                break;
            case TimerKind.DnsRestart:
                CoreDns.Restart(work);
                break;
            case TimerKind.RunStep:
                RunEngine.Step(work);
                break;
            case TimerKind.RunStart:
                RunStarter.Start(work);
                break;
            case TimerKind.Maintenance:
                Maintenance.Perform(work);
                break;
            case TimerKind.RateLimitRetry:
                Maintenance.RetryAfterRateLimit(work);
                break;
            case TimerKind.Sync:
                RunStarter.Sync(work);
                break;
            case TimerKind.Care:
                CareController.Look(work);
                break;
            case TimerKind.StatusLabel:
                CareController.Label(work);
                break;
        }

        if (garden.FindState(state.Uid) is not null)
        {
            garden.Reschedule(state);
        }
    }
}
