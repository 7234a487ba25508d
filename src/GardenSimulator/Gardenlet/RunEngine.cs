using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Cluster;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>Takes a run from one part to the next.</summary>
internal static class RunEngine
{
    public static void Step(ShootWork work)
    {
        if (work.State.Run is not { } run)
        {
            return;
        }

        switch (run.Phase)
        {
            case RunPhase.Started:
                var changesInfrastructure = !work.Workerless && (run.Tasks.Contains(Keys.DeployInfrastructure) || run.WakesUp || run.Type == "Create");
                Continue(work, RunPhase.Infrastructure, 13, "Deploying Shoot infrastructure, Waiting until shoot infrastructure has been reconciled",
                    changesInfrastructure ? work.Timings.InfrastructureChange : work.Timings.Reconcile * 0.25);
                break;
            case RunPhase.Infrastructure when run.FailAs is not null:
                RunEnd.Fail(work, "Waiting until shoot infrastructure has been reconciled", run.FailText ?? "task \"Waiting until shoot infrastructure has been reconciled\" failed: simulated failure.", run.FailAs, run.FailCode);
                break;
            case RunPhase.Infrastructure:
                DeployInfrastructure(work, run);
                Continue(work, RunPhase.ControlPlane, 46, "Deploying Kubernetes API server, Waiting until Kubernetes API server rolled out", work.Timings.Reconcile * 0.3);
                break;
            case RunPhase.ControlPlane:
                DeployNetwork(work);
                CoreDns.InRun(work);
                Workers.Adjust(work);
                Continue(work, RunPhase.Workers, 71, "Waiting until shoot worker nodes have been reconciled", work.Timings.Reconcile * 0.2);
                break;
            case RunPhase.Workers:
                AwaitWorkers(work, run);
                break;
            case RunPhase.Finishing:
                MigrationConstraints.AtEnd(work);
                RunEnd.Succeed(work);
                break;
            case RunPhase.Deleting:
                RunEnd.Deleted(work);
                break;
        }
    }

    private static void Continue(ShootWork work, RunPhase phase, int progress, string description, TimeSpan duration)
    {
        work.State.Run!.Phase = phase;
        work.Report(work.State.Run.Type, "Processing", progress, description);
        work.SaveStatus();
        work.State.Due[TimerKind.RunStep] = work.In(duration);
    }

    private static void DeployInfrastructure(ShootWork work, RunState run)
    {
        var state = work.State;
        if (work.Workerless)
        {
            work.Status["networking"] = new JsonObject { ["services"] = JsonTree.TextArray([work.Shoot.Text("spec", "networking", "services")!]) };
            return;
        }

        if ((run.Tasks.Contains(Keys.DeployInfrastructure) || run.WakesUp || run.Type == "Create") && work.Dual)
        {
            state.InfrastructureDual = true;
        }

        work.Status["networking"] = NetworkRanges.Status(work.Shoot, state);
    }

    private static void DeployNetwork(ShootWork work)
    {
        if (work.Workerless)
        {
            return;
        }

        var families = work.Families;
        var held = families.Count > 1 && work.Constraint(Keys.NodesReady) is { } constraint && constraint.Text("status") != "True";
        var effective = held ? families[..1] : families;
        var state = work.State;
        state.NetworkExists = true;
        state.PodFamilies = effective.Count;
        state.NetworkFamilies = work.Garden.Faults.Armed(FaultKind.CniReportsNoFamilies, state.Namespace, state.Name) is not null ? null : effective;
    }

    private static void AwaitWorkers(ShootWork work, RunState run)
    {
        if (work.State.Rolls.Count > 0)
        {
            run.WorkerDeadline ??= work.In(work.Timings.WorkerWait);
            if (work.Now < run.WorkerDeadline)
            {
                // The roller wakes the run when the last roll is done.
                work.State.Due[TimerKind.RunStep] = run.WorkerDeadline.Value;
                return;
            }

            var (available, desired) = NodeRoller.Availability(work.State);
            RunEnd.Fail(
                work,
                "Waiting until shoot worker nodes have been reconciled",
                $"task \"Waiting until shoot worker nodes have been reconciled\" failed: Error while waiting for Worker {work.State.Namespace}/{work.State.Name} to become ready: extension state is not Succeeded but Error: Waiting until machines are available ({available}/{desired} desired machine(s) available, {desired - available} machine(s) pending, {NodeRoller.Remaining(work.State)} machine(s) to be replaced).",
                "Error",
                null);
            return;
        }

        Continue(work, RunPhase.Finishing, 93, "Deploying managed resources for system components, Waiting until all shoot system components are healthy", work.Timings.Reconcile * 0.2);
    }
}
