using Dualstack.GardenSimulator.Cluster;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>Does what a shoot has due.</summary>
internal static class ShootTimers
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    public static void Fire(Garden garden, ShootState state, DateTimeOffset due)
    {
        if (garden.Shoots.FindByUid(state.Uid) is not { } entry)
        {
            return;
        }

        var kind = state.Due.First(pair => pair.Value <= due).Key;
        state.Due.Remove(kind);
        try
        {
            Do(kind, new ShootWork(garden, entry, state, due));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One shoot's trouble must neither stop the garden's clock nor fail whoever looks at another shoot.
            Console.Error.WriteLine($"simulated garden: {kind} of shoot {state.Namespace}/{state.Name} failed and is tried again: {exception.Message}");
            state.DueBy(kind, due + Retry);
        }

        if (garden.FindState(state.Uid) is not null)
        {
            garden.Reschedule(state);
        }
    }

    private static void Do(TimerKind kind, ShootWork work)
    {
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
    }
}
