using Dualstack.Gardener.Tests;
using Dualstack.Workflows;
using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Temporalio.Exceptions;
using static Dualstack.Activities.Tests.MigrationBench;

namespace Dualstack.Activities.Tests;

/// <summary>Planner and activities together on the simulated garden, without Temporal in between.</summary>
public sealed class WholeMigrationTests
{
    [Theory]
    [InlineData("v1.149.3", RolloutMode.Manual)]
    [InlineData("v1.149.3", RolloutMode.OnApproval)]
    [InlineData("v1.138.0", RolloutMode.OnApproval)]
    [InlineData("v1.128.0", RolloutMode.Manual)]
    [InlineData("v1.126.0", RolloutMode.Manual)]
    public async Task Migration_OfAShootWithTwoPools_SucceedsWithFewActivities(string gardenerVersion, RolloutMode mode)
    {
        await using var bench = await StartAsync(gardenerVersion);
        var drive = new Drive(bench, new ShootMigrationRequest { Shoot = Shop, Rollout = mode });

        var ending = await drive.ToTheEndAsync();

        Assert.Equal((MigrationOutcome.Succeeded, ending.Sentence), (ending.Outcome, ending.Sentence));
        var shoot = await bench.ShootAsync();
        Assert.Null(shoot.NodesConstraint);
        Assert.Null(shoot.DnsConstraint);
        Assert.True(drive.Activities <= 16, $"{drive.Activities} activities: {drive.Log}");
        Assert.True((await bench.Garden.CommittedAsync(TestGarden.Shop, "rollout-workers")).Count <= 1);
    }

    private sealed class Drive(MigrationBench bench, ShootMigrationRequest request)
    {
        private readonly MigrationPlanner planner = new(request);
        private readonly List<string> log = [];
        private MigrationState state = new();
        private bool rolledByHand;

        public int Activities { get; private set; }

        public string Log => string.Join(" · ", log);

        private DateTimeOffset Now => bench.Garden.Time.GetUtcNow();

        public async Task<MigrationEnding> ToTheEndAsync()
        {
            for (var step = 0; step < 2000; step++)
            {
                switch (planner.Next(state, Now))
                {
                    case NextStep.Finish finish:
                        return finish.Ending;
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

            throw new TimeoutException($"The migration does not end. {state.Stage}, {state.Sentence} {Log}");
        }

        private async Task PerformAsync(NextStep step)
        {
            switch (step)
            {
                case NextStep.Preflight:
                    var report = await RunAsync(() => bench.Infrastructure.PreflightAsync(new PreflightInput(Shop, state.Uid)));
                    state = EvidenceChanges.Preflighted(state, request, report, Now);
                    break;
                case NextStep.CountNodes:
                    state = EvidenceChanges.Counted(state, await RunAsync(() => bench.Nodes.ObserveNodesAsync(new ShootInput(Shop, state.Uid))), Now);
                    break;
                case NextStep.Write write:
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
            };
            state = state with { Intents = state.Intents + 1, PendingIntent = intent, PendingPools = write.Pools };
            var input = new WriteInput(Shop, intent) { IpFamilies = write.IpFamilies, Tasks = write.Tasks, Pools = write.Pools };
            return RunAsync(() => write.Kind switch
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
                case { Blocked: { } blocked }:
                    throw new InvalidOperationException($"Blocked in {state.Stage}: {blocked.Sentence} {blocked.Evidence} {Log}");
                case { Background: BackgroundLook.CoreDns }:
                    Activities++;
                    state = EvidenceChanges.CoreDnsRestarted(state, await UntilDoneAsync(input => bench.Dns.AwaitCoreDnsAsync(input)), Now);
                    break;
                case { Background: BackgroundLook.Nodes }:
                    Activities++;
                    state = EvidenceChanges.Counted(state, await UntilDoneAsync(input => bench.Nodes.AwaitRolloutProgressAsync(input)), Now);
                    break;
                case { For: WaitingFor.Operator } when !rolledByHand:
                    rolledByHand = true;
                    await bench.Garden.RollByHandAsync(TestGarden.Shop);
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

        private async Task LookAsync() => state = EvidenceChanges.Saw(state, await bench.ObserveAsync(), Now);

        private async Task<NodeObservation> UntilDoneAsync(Func<AwaitInput, Task<NodeObservation>> look)
        {
            for (var attempt = 0; attempt < 500; attempt++)
            {
                try
                {
                    return await RunAsync(() => look(new AwaitInput(Shop, state.Uid, TimeSpan.FromSeconds(30))));
                }
                catch (ApplicationFailureException failure) when (failure.ErrorType == ErrorTypes.NotYet)
                {
                    bench.Garden.Time.Advance(failure.NextRetryDelay!.Value);
                }
            }

            throw new TimeoutException($"They are never done. {Log}");
        }
    }
}
