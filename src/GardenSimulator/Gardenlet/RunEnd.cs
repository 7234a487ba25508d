using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>The ways a run ends.</summary>
internal static class RunEnd
{
    /// <summary>Codes that no retry heals.</summary>
    private static readonly string[] Final =
    [
        "ERR_INFRA_UNAUTHENTICATED", "ERR_INFRA_UNAUTHORIZED", "ERR_INFRA_QUOTA_EXCEEDED", RateLimit, "ERR_INFRA_DEPENDENCIES",
        "ERR_CONFIGURATION_PROBLEM", "ERR_PROBLEMATIC_WEBHOOK",
    ];

    private const string RateLimit = "ERR_INFRA_RATE_LIMITS_EXCEEDED";

    public static void Succeed(ShootWork work)
    {
        var state = work.State;
        var run = state.Run!;
        state.Run = null;
        state.FailedAttempts = 0;
        CredentialsRotation.Finish(work);

        // Constraints go out before the operation reads Succeeded.
        work.SaveStatus();
        RemoveTasks(work, run);

        var status = work.Status;
        status["hibernated"] = work.WantsHibernation;
        status.Remove("lastErrors");
        status.Remove("retryCycleStartTime");
        if (work.Shoot.At("status", "manualWorkerPoolRollout") is JsonObject)
        {
            status["manualWorkerPoolRollout"] = new JsonObject();
        }

        work.Report(run.Type, "Succeeded", 100, run.Type == "Create"
            ? "Shoot cluster has been successfully created."
            : "Shoot cluster has been successfully reconciled.");
        CareController.Pardon(work);
        work.SaveStatus();
        CareController.Schedule(work);
        RunStarter.ScheduleSync(work);
        Quiescence.NoteRun(work, run);
        AfterRun(work);
    }

    public static void Fail(ShootWork work, string task, string description, string wantedState, string? code)
    {
        var state = work.State;
        var run = state.Run!;
        state.Run = null;
        state.FailedAttempts++;
        var cycleStart = KubeTime.Parse(work.Shoot.Text("status", "retryCycleStartTime")) ?? work.Now;
        var failed = wantedState == "Failed"
            || (code is not null && Final.Contains(code))
            || work.Now - cycleStart > work.Garden.Scaled(work.Timings.RetryDuration);
        var error = new JsonObject { ["description"] = description, ["taskID"] = task };
        if (code is not null)
        {
            error["codes"] = JsonTree.TextArray([code]);
        }

        error["lastUpdateTime"] = KubeTime.Format(work.Now);
        work.Status["lastErrors"] = new JsonArray(error);
        work.Report(run.Type, failed ? "Failed" : "Error", work.Progress(), failed ? description : description + " Operation will be retried.");
        if (failed)
        {
            work.Status.Remove("retryCycleStartTime");
            if (code == RateLimit)
            {
                state.Due[TimerKind.RateLimitRetry] = work.In(TimeSpan.FromMinutes(10));
            }
        }

        work.SaveStatus();
        CareController.Schedule(work);
        if (!failed)
        {
            var pause = work.Timings.RetryPause * Math.Pow(2, Math.Min(4, state.FailedAttempts - 1));
            state.Due[TimerKind.RunStart] = work.In(pause);
        }

        AfterRun(work);
    }

    public static void Deleted(ShootWork work)
    {
        work.State.Run = null;
        work.Report("Delete", "Succeeded", 100, "Shoot cluster has been successfully deleted.");
        work.SaveStatus();
        work.Shoot.Child("metadata").Remove("finalizers");
        work.Remove();
    }

    private static void AfterRun(ShootWork work) => ShootEvents.AfterWrite(work.Garden, work.State, work.Entry, work.Now);

    private static void RemoveTasks(ShootWork work, RunState run)
    {
        // A generation that moved meanwhile may need the task again.
        if (work.Generation != run.Generation)
        {
            return;
        }

        var remaining = ShootMutator.Tasks(work.Shoot).Except(run.Tasks).ToList();
        var annotations = work.Shoot.Child("metadata", "annotations");
        if (!annotations.ContainsKey(Keys.Tasks))
        {
            return;
        }

        if (remaining.Count == 0)
        {
            annotations.Remove(Keys.Tasks);
        }
        else
        {
            annotations[Keys.Tasks] = string.Join(',', remaining);
        }

        work.SaveMetadata();
    }
}
