using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Tests.Decisions;

/// <summary>Drives the decisions against a scripted garden on a clock of its own, as the workflow does, without Temporal.</summary>
public sealed class MigrationDriver
{
    private readonly MigrationPlanner planner;

    public MigrationDriver(ScriptedGarden garden, RolloutMode mode)
    {
        Garden = garden;
        Request = new ShootMigrationRequest { Shoot = new ShootKey("g", "garden-test", "shop"), Rollout = mode };
        planner = new MigrationPlanner(Request);
        State = new MigrationState { StartedAt = Now, StageSince = Now };
    }

    public ScriptedGarden Garden { get; }

    public ShootMigrationRequest Request { get; }

    public MigrationState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<MigrationStage> Stages { get; } = [];

    /// <summary>Called at each wait, before time passes; may do what a person or the world does.</summary>
    public Action<MigrationDriver, NextStep.Wait> AtWait { get; set; } = (_, _) => { };

    /// <summary>Whether the observer's hint about the present change arrives.</summary>
    public Func<bool> HintArrives { get; set; } = () => true;

    /// <summary>Whether the activity fails for good although its write was committed.</summary>
    public Func<WriteKind, bool> FailsAfterCommit { get; set; } = _ => false;

    public void Change(Func<MigrationState, MigrationState> change) => State = change(State);

    public MigrationEnding Run(int steps = 2000)
    {
        for (var step = 0; step < steps; step++)
        {
            Garden.Advance(Now);
            if (Stages.Count == 0 || Stages[^1] != State.Stage)
            {
                Stages.Add(State.Stage);
            }

            switch (planner.Next(State, Now))
            {
                case NextStep.Finish finish:
                    return finish.Ending;
                case NextStep.Preflight:
                    var observation = Garden.Observe(Now);
                    var refusal = observation.IpFamilies.Count < 2 ? Garden.Refusal : null;
                    State = EvidenceChanges.Preflighted(State, Request, new PreflightReport(observation, refusal, Garden.Count(Now, [])), Now);
                    break;
                case NextStep.CountNodes:
                    State = EvidenceChanges.Counted(State, Report(), Now);
                    break;
                case NextStep.Write write:
                    Write(write);
                    break;
                case NextStep.Wait wait:
                    Wait(wait);
                    break;
                default:
                    State = EvidenceChanges.Saw(State, Garden.Observe(Now), Now);
                    break;
            }
        }

        throw new TimeoutException($"No end: {State.Stage}, {State.WaitingFor}: {State.Sentence}");
    }

    private void Write(NextStep.Write write)
    {
        var seen = State.Observation!;
        var intent = new WriteIntent($"i-{State.Intents + 1}", write.Kind, seen.Uid, seen.Generation) { RunEndedBefore = seen.LastOperation?.LastUpdateTime };
        State = State with { Intents = State.Intents + 1, PendingIntent = intent, PendingPools = write.Pools };
        var input = new WriteInput(Request.Shoot, intent) { IpFamilies = write.IpFamilies, Tasks = write.Tasks, Pools = write.Pools };
        var receipt = Garden.Write(input, Now);
        State = FailsAfterCommit(write.Kind)
            ? FailureChanges.Failed(State, Request, null, "The activity failed after its write.", Now)
            : EvidenceChanges.Wrote(State, Request, receipt, Now);
    }

    private NodesReport Report() => new(Garden.Observe(Now), Garden.Count(Now, ClaimDecision.PoolsAskedAbout(State)));

    private void Wait(NextStep.Wait wait)
    {
        State = WaitChanges.Waits(State, wait, Now);
        AtWait(this, wait);
        if (wait.Background != BackgroundLook.None)
        {
            Now += Request.Settings.LookEvery;
            Garden.Advance(Now);
            var report = Report();
            var nodes = report.Nodes;
            if (wait.Background == BackgroundLook.CoreDns && (nodes.CoreDnsDual() || !nodes.Readable))
            {
                State = EvidenceChanges.CoreDnsRestarted(State, report, Now);
                return;
            }

            if (wait.Background == BackgroundLook.Health && report.Observation.ConditionsNotTrue.Count == 0)
            {
                State = EvidenceChanges.Counted(State, report, Now);
                return;
            }

            if (wait.Background == BackgroundLook.Gardener && Unrest.Of(report.Observation, State.Awaited) is null)
            {
                State = EvidenceChanges.Rested(State, report.Observation, Now);
                return;
            }

            if (wait.Background == BackgroundLook.Nodes && (RolloutDecision.IsDone(nodes, State.Rollout?.Pools ?? []) || !nodes.Readable))
            {
                State = EvidenceChanges.Counted(State, report, Now);
                return;
            }
        }
        else
        {
            Now += TimeSpan.FromMinutes(1);
            Garden.Advance(Now);
        }

        if (HintArrives() && Garden.Marked)
        {
            State = EvidenceChanges.Saw(State, Garden.Observe(Now), Now) with { LookNeeded = State.LookNeeded };
            return;
        }

        Now += wait.Fallback == Timeout.InfiniteTimeSpan ? TimeSpan.FromHours(1) : wait.Fallback;
        State = WaitChanges.TimerFired(State, wait.For);
    }
}
