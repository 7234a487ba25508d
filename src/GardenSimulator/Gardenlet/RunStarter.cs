using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>Decides whether a run starts, and does what happens at its start.</summary>
internal static class RunStarter
{
    /// <summary>The periodic run.</summary>
    public static void Sync(ShootWork work)
    {
        if (Quiescence.Skip(work) is { } later)
        {
            work.State.Due[TimerKind.Sync] = later;
            return;
        }

        if (work.State.Run is null && work.OperationState == "Succeeded" && work.Generation == work.Entry.ObservedGeneration)
        {
            Start(work);
        }

        ScheduleSync(work);
    }

    public static void ScheduleSync(ShootWork work)
    {
        if (work.Shoot.Flag("spec", "maintenance", "confineSpecUpdateRollout") == true)
        {
            // Such a shoot is reconciled by its maintenance only.
            work.State.Due.Remove(TimerKind.Sync);
            return;
        }

        work.State.Due[TimerKind.Sync] = work.In(work.Timings.SyncPeriod);
    }

    public static void Start(ShootWork work)
    {
        var state = work.State;
        if (state.Run is not null)
        {
            return;
        }

        if (work.Garden.Faults.Armed(FaultKind.GardenletDown, state.Namespace, state.Name) is not null
            || work.Shoot.Text("metadata", "annotations", Keys.Ignore) == "true")
        {
            state.Due[TimerKind.RunStart] = work.In(work.Timings.RetryPause);
            return;
        }

        if (work.OperationState == "Failed" && work.Generation == work.Entry.ObservedGeneration)
        {
            return;
        }

        var type = work.Shoot.At("metadata", "deletionTimestamp") is not null ? "Delete"
            : work.Shoot.Text("status", "lastOperation", "type") switch
            {
                null => "Create",
                "Create" when work.OperationState != "Succeeded" => "Create",
                _ => "Reconcile",
            };
        StampStatus(work, type);
        state.RunCount++;
        state.Run = new RunState
        {
            Type = type,
            Generation = work.Generation,
            StartedAt = work.Now,
            Tasks = ShootMutator.Tasks(work.Shoot),
            Families = work.Families,
            WakesUp = work.Hibernated && !work.WantsHibernation,
            Phase = type == "Delete" ? RunPhase.Deleting : RunPhase.Started,
        };
        if (work.Garden.Faults.Strike(FaultKind.FailRun, state.Namespace, state.Name) is { } fault)
        {
            state.Run.FailAs = fault.State ?? "Error";
            state.Run.FailCode = fault.ErrorCode;
            state.Run.FailText = fault.Message;
        }

        work.SaveStatus();
        if (type != "Delete")
        {
            ConsumeOperations(work);
            MigrationConstraints.AtStart(work);
            work.SaveStatus();
        }

        state.Due[TimerKind.RunStep] = work.In(work.Timings.Reconcile * (type == "Delete" ? 1 : 0.05));
    }

    private static void StampStatus(ShootWork work, string type)
    {
        var status = work.Status;
        var previousType = work.Shoot.Text("status", "lastOperation", "type");
        if (status["retryCycleStartTime"] is null || work.State.RetryGeneration != work.Generation || previousType != type)
        {
            status["retryCycleStartTime"] = KubeTime.Format(work.Now);
            work.State.RetryGeneration = work.Generation;
            work.State.FailedAttempts = 0;
        }

        status["observedGeneration"] = work.Generation;
        status["gardener"] = new JsonObject
        {
            ["id"] = work.Shoot.Text("status", "gardener", "id") ?? "gardenlet-sim",
            ["name"] = work.Shoot.Text("status", "gardener", "name") ?? "gardenlet-sim",
            ["version"] = work.Garden.Flavour.Version,
        };
        work.Report(type, "Processing", 0, type switch
        {
            "Delete" => "Deletion of Shoot cluster in progress.",
            "Create" => "Creation of Shoot cluster initialized.",
            _ => "Reconciliation of Shoot cluster initialized.",
        });
    }

    private static void ConsumeOperations(ShootWork work)
    {
        var operations = OperationAnnotation.Of(work.Shoot);
        var consumed = operations.Where(OperationAnnotation.ConsumedByRun).ToList();
        if (consumed.Count == 0)
        {
            return;
        }

        var rollout = consumed.Find(OperationAnnotation.IsRollout);
        var lost = rollout is not null && work.Garden.Faults.Strike(FaultKind.LoseRollout, work.State.Namespace, work.State.Name) is not null;
        if (rollout is not null && !lost)
        {
            var pools = OperationAnnotation.Pools(rollout, work.Shoot);
            var pending = PendingRollouts(work);
            foreach (var pool in pools)
            {
                pending.Add(new JsonObject { ["name"] = pool, ["lastInitiationTime"] = KubeTime.Format(work.Now) });
                NodeRoller.Begin(work, pool);
            }
        }

        foreach (var operation in consumed)
        {
            if (OperationAnnotation.RollsAllNodes(operation))
            {
                foreach (var worker in work.Shoot.Objects("spec", "provider", "workers").Where(Workers.RollsByReplacement))
                {
                    NodeRoller.Begin(work, worker.Text("name")!);
                }
            }
            else if (OperationAnnotation.IsRotationRollout(operation))
            {
                foreach (var pool in OperationAnnotation.Pools(operation, work.Shoot))
                {
                    NodeRoller.Begin(work, pool);
                }
            }

            CredentialsRotation.Begin(work, operation);
        }

        // The status first, the annotation in a second write.
        work.SaveStatus();
        OperationAnnotation.Write(work.Shoot, [.. operations.Except(consumed)]);
        work.SaveMetadata();
    }

    private static JsonArray PendingRollouts(ShootWork work)
    {
        var rollout = work.Status.Child("manualWorkerPoolRollout");
        if (rollout["pendingWorkersRollouts"] is not JsonArray pending)
        {
            rollout["pendingWorkersRollouts"] = pending = [];
        }

        return pending;
    }
}
