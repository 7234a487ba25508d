using System.Globalization;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>The daily maintenance, and the other operations that the controller-manager asks for.</summary>
internal static class Maintenance
{
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(15);

    public static void Perform(ShootWork work)
    {
        Schedule(work);
        if (work.Shoot.At("metadata", "deletionTimestamp") is not null || work.Shoot.At("status", "lastOperation") is null)
        {
            return;
        }

        var annotations = work.Shoot.Child("metadata", "annotations");
        if (work.OperationState == "Failed")
        {
            if (annotations.Remove(Keys.NeedsRetry))
            {
                annotations[Keys.Operation] = OperationAnnotation.Retry;
                work.SaveMetadata();
            }

            return;
        }

        foreach (var task in new[] { Keys.DeployInfrastructure, "deployDNSRecordInternal", "deployDNSRecordExternal", "deployDNSRecordIngress" })
        {
            ShootMutator.AddTask(work.Shoot, task);
        }

        // Whatever operation lies there is overwritten.
        var operations = OperationAnnotation.Split(work.Shoot.Text("metadata", "annotations", Keys.MaintenanceOperation));
        annotations.Remove(Keys.MaintenanceOperation);
        OperationAnnotation.Write(work.Shoot, [.. operations.Except([OperationAnnotation.Reconcile]), OperationAnnotation.Reconcile]);
        work.SaveMetadata();
    }

    public static void RetryAfterRateLimit(ShootWork work)
    {
        if (work.OperationState == "Failed")
        {
            work.Shoot.Child("metadata", "annotations")[Keys.Operation] = OperationAnnotation.Retry;
            work.SaveMetadata();
        }
    }

    /// <summary>The next maintenance: at a random time of the window's usable part, once a day.</summary>
    public static void Schedule(ShootWork work)
    {
        var begin = TimeOfDay(work.Shoot.Text("spec", "maintenance", "timeWindow", "begin"));
        var end = TimeOfDay(work.Shoot.Text("spec", "maintenance", "timeWindow", "end"));
        if (begin is null || end is null)
        {
            return;
        }

        var length = end.Value - begin.Value;
        length = (length <= TimeSpan.Zero ? length + TimeSpan.FromDays(1) : length) - Reserve;
        var day = new DateTimeOffset(work.Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-1);
        for (var i = 0; i < 4; i++, day = day.AddDays(1))
        {
            var share = StableRandom.Fraction(work.Garden.Options.Seed, work.State.Uid, "maintenance", day.Ticks);
            var time = day + begin.Value + (length * share);
            if (time > work.Now)
            {
                work.State.Due[TimerKind.Maintenance] = time;
                return;
            }
        }
    }

    private static TimeSpan? TimeOfDay(string? text)
    {
        if (text is not { Length: 11 }
            || !TimeSpan.TryParseExact(text[..6], "hhmmss", CultureInfo.InvariantCulture, out var time)
            || !TimeSpan.TryParseExact(text[7..], "hhmm", CultureInfo.InvariantCulture, out var offset))
        {
            return null;
        }

        var utc = text[6] == '-' ? time + offset : time - offset;
        return utc < TimeSpan.Zero ? utc + TimeSpan.FromDays(1) : utc >= TimeSpan.FromDays(1) ? utc - TimeSpan.FromDays(1) : utc;
    }
}
