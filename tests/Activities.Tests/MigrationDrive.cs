using Dualstack.Workflows;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Writes;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Testing;
using static Dualstack.Activities.Tests.MigrationBench;

namespace Dualstack.Activities.Tests;

/// <summary>Planner and activities together, without Temporal in between; time passes as fast as it can.</summary>
internal sealed class MigrationDrive(MigrationBench bench, ShootMigrationRequest request)
{
    private readonly MigrationPlanner planner = new(request);
    private readonly List<string> log = [];
    private MigrationState state = new();
    private bool rolledByHand;
    private bool inBackground;

    public int Activities { get; private set; }

    public MigrationState State => state;

    public int Retries { get; private set; }

    /// <summary>What happens before each write.</summary>
    public Func<Task> BeforeWrite { get; init; } = () => Task.CompletedTask;

    public override string ToString() =>
        $"{state.Stage}, {Activities} activities, {state.Sentence} {state.Ending?.Outcome} {state.Blocked?.Code} {state.Blocked?.Evidence}: {string.Join(" · ", log)}";

    private DateTimeOffset Now => bench.Garden.Time.GetUtcNow();

    /// <summary>Drives until the end.</summary>
    /// <returns>How it ended; null if it is blocked, and <see cref="State"/> says why.</returns>
    public async Task<MigrationEnding?> ToTheEndAsync()
    {
        for (var step = 0; step < 2000; step++)
        {
            switch (planner.Next(state, Now))
            {
                case NextStep.Finish finish:
                    return finish.Ending;
                case NextStep.Wait { Blocked: not null } blocked:
                    state = WaitChanges.Waits(state, blocked, Now);
                    return null;
                case NextStep.Wait wait:
                    state = WaitChanges.Waits(state, wait, Now);
                    await WaitAsync(wait);
                    break;
                case var next:
                    log.Add(next is NextStep.Write write ? $"{state.Stage}: {write.Kind}" : $"{state.Stage}: {next.GetType().Name}");
                    Activities++;
                    await PerformAsync(next);
                    break;
            }
        }

        throw new TimeoutException($"The migration does not end. {this}");
    }

    private async Task PerformAsync(NextStep step)
    {
        switch (step)
        {
            case NextStep.Preflight:
                var report = await LookUntilBelievedAsync(() => bench.Infrastructure.PreflightAsync(new PreflightInput(request.Shoot, state.Uid)));
                state = EvidenceChanges.Preflighted(state, request, report, Now);
                break;
            case NextStep.CountNodes:
                state = EvidenceChanges.Counted(state, await LookUntilBelievedAsync(() => bench.Nodes.ObserveNodesAsync(Counting())), Now);
                break;
            case NextStep.Write write:
                await BeforeWrite();
                var receipt = await WriteAsync(write);
                state = EvidenceChanges.Wrote(state, request, receipt, Now);
                break;
            default:
                await LookAsync();
                break;
        }
    }

    private Task<WriteReceipt> WriteAsync(NextStep.Write write)
    {
        var observation = state.Observation!;
        var intent = new WriteIntent($"intent-{state.Intents + 1}", write.Kind, observation.Uid, observation.Generation)
        {
            RunEndedBefore = observation.LastOperation?.LastUpdateTime,
            DecidedAt = ActivityEnvironment.DefaultInfo.StartedTime,
        };
        state = state with { Intents = state.Intents + 1, PendingIntent = intent, PendingPools = write.Pools };
        var input = new WriteInput(request.Shoot, intent) { IpFamilies = write.IpFamilies, Tasks = write.Tasks, Pools = write.Pools };
        return AttemptAsync(() => write.Kind switch
        {
            WriteKind.IpFamilies => bench.Infrastructure.UpdateNetworkingAsync(input),
            WriteKind.InfrastructureRun => bench.Infrastructure.RequestInfrastructureRunAsync(input),
            WriteKind.ControlPlaneRun => bench.ControlPlane.RequestControlPlaneRunAsync(input),
            WriteKind.Rollout => bench.Nodes.RequestRolloutAsync(input),
            WriteKind.NodeCheckRun => bench.Nodes.RequestNodeCheckAsync(input),
            WriteKind.CniRun => bench.Cni.ConfigureCniAsync(input),
            WriteKind.CoreDnsRun => bench.Dns.RestartCoreDnsAsync(input),
            WriteKind.KubeDnsRun => bench.Dns.SwitchKubeDnsAsync(input),
            WriteKind.Mark => bench.Marks.SetMarksAsync(input),
            _ => bench.ControlPlane.RetryFailedRunAsync(input),
        });
    }

    private async Task WaitAsync(NextStep.Wait wait)
    {
        switch (wait)
        {
            case { Background: BackgroundLook.CoreDns }:
                await LookInBackgroundAsync(bench.Dns.AwaitCoreDnsAsync, seen => EvidenceChanges.CoreDnsRestarted(state, seen, Now));
                break;
            case { Background: BackgroundLook.Nodes }:
                await LookInBackgroundAsync(bench.Nodes.AwaitRolloutProgressAsync, seen => EvidenceChanges.Counted(state, seen, Now));
                break;
            case { Background: BackgroundLook.Health }:
                await LookInBackgroundAsync(bench.Shoots.AwaitHealthAsync, seen => EvidenceChanges.Counted(state, seen, Now));
                break;
            case { Background: BackgroundLook.Gardener }:
                await LookInBackgroundAsync(bench.Shoots.AwaitGardenerAsync, seen => EvidenceChanges.Rested(state, seen, Now));
                break;
            case { For: WaitingFor.Operator } when !rolledByHand:
                rolledByHand = true;
                await bench.Garden.RollByHandAsync(new(request.Shoot.Namespace, request.Shoot.Name));
                state = MessageChanges.Claimed(state, ClaimParser.Parse("{}", "claim-1", Now));
                break;
            case { For: WaitingFor.Approval }:
                state = MessageChanges.Approved(state, new OperatorRequest { RequestId = "approval-1", By = "somebody", Reason = "window" });
                break;
            default:
                // As the observer does: the newest sight of the shoot comes in as a hint.
                bench.Garden.Time.Advance(TimeSpan.FromSeconds(20));
                await LookAsync();
                break;
        }
    }

    private ShootInput Counting() => new(request.Shoot, state.Uid) { Pools = ClaimDecision.PoolsAskedAbout(state) };

    // The last of several attempts takes an unreadable answer for an answer.
    private static async Task<T> LookUntilBelievedAsync<T>(Func<Task<T>> activity)
    {
        try
        {
            return await RunAsync(activity);
        }
        catch (ApplicationFailureException failure) when (failure.ErrorType == ErrorTypes.NotYet)
        {
            var progress = new LookProgress(0, 0, PersistentLook.MostMisses - 1);
            return await new ActivityEnvironment
            {
                Info = ActivityEnvironment.DefaultInfo with { HeartbeatDetails = [DataConverter.Default.PayloadConverter.ToPayload(progress)] },
            }.RunAsync(activity);
        }
    }

    /// <summary>Tries again what Temporal would.</summary>
    private async Task<T> AttemptAsync<T>(Func<Task<T>> activity)
    {
        while (true)
        {
            try
            {
                return await RunAsync(activity);
            }
            catch (ApplicationFailureException failure) when (failure is { NonRetryable: false, ErrorType: ErrorTypes.GardenUnreachable } && Retries++ < 100)
            {
                bench.Garden.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    private async Task LookAsync() => state = EvidenceChanges.Saw(
        state, await RunAsync(() => bench.Shoots.ObserveShootAsync(new ShootInput(request.Shoot, state.Uid))), Now);

    // One attempt of the activity that looks again and again, with what the observer tells meanwhile.
    private async Task LookInBackgroundAsync<T>(Func<AwaitInput, Task<T>> look, Func<T, MigrationState> taken)
    {
        Activities += inBackground ? 0 : 1;
        try
        {
            var seen = await RunAsync(() => look(new AwaitInput(request.Shoot, state.Uid, TimeSpan.FromSeconds(30)) { Awaited = state.Awaited }));
            inBackground = false;
            state = taken(seen);
        }
        catch (ApplicationFailureException failure) when (failure.ErrorType == ErrorTypes.NotYet)
        {
            inBackground = true;
            bench.Garden.Time.Advance(failure.NextRetryDelay!.Value);
            await LookAsync();
        }
    }
}
