using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Garden;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Xunit.Abstractions;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>What a migration costs, with an observer that tells each change of the digest.</summary>
public abstract class EventBudgetTests(TimeSkippingFixture fixture, bool continuesAsNew, ITestOutputHelper output) : MigrationTests(fixture, continuesAsNew)
{
    // The approval comes before health has settled, which costs a look more. The rest up to 150 is for what real gardens add.
    [Theory]
    [InlineData(RolloutMode.Manual, 120)]
    [InlineData(RolloutMode.OnApproval, 140)]
    public async Task Migration_TwoPools_StaysClearlyBelowAHundredAndFiftyEvents(RolloutMode mode, int most)
    {
        await RunAsync(new ScriptedGarden { Holds = true }, async migration =>
        {
            await new Gardenlet(migration).WorkAsync(() => OperateAsync(migration));

            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            var events = await migration.EventsAsync();
            output.WriteLine($"{events.Count} events");
            foreach (var kind in events.CountBy(item => item.EventType).OrderByDescending(kind => kind.Value))
            {
                output.WriteLine($"{kind.Value,5} {kind.Key}");
            }

            Assert.InRange(events.Count, 40, ContinuesAsNew ? 2 * most : most);
        }, mode);
    }

    [Theory]
    [InlineData(WaitingFor.Operator)]
    [InlineData(WaitingFor.Approval)]
    [InlineData(WaitingFor.Resume)]
    [InlineData(WaitingFor.Help)]
    public async Task Migration_FiveMoreHoursOfWaitingForAPerson_CostNoEvent(WaitingFor person)
    {
        await WaitForAsync(person, async migration =>
        {
            var before = await migration.EventCountAsync();

            await migration.SkipAsync(TimeSpan.FromHours(5));

            Assert.Equal(before, await migration.EventCountAsync());
        });
    }

    [Theory]
    [InlineData(WaitingFor.Operator, 100)]
    [InlineData(WaitingFor.Approval, 100)]
    [InlineData(WaitingFor.Resume, 0)]
    [InlineData(WaitingFor.Help, 100)]
    public async Task Migration_AWeekOfWaitingForAPerson_CostsALookADay(WaitingFor person, int most)
    {
        await WaitForAsync(person, async migration =>
        {
            var before = await migration.EventCountAsync();

            await migration.SkipAsync(TimeSpan.FromDays(7));

            Assert.InRange(await migration.EventCountAsync() - before, 0, ContinuesAsNew ? 2 * most : most);
            Assert.Equal(person, (await migration.StatusAsync()).WaitingFor);
        });
    }

    [Fact]
    public async Task Migration_GardenerWorksForADay_CostsAHandfulOfLooks()
    {
        var garden = new ScriptedGarden { RunTime = TimeSpan.FromHours(24) };
        await RunAsync(garden, async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Gardener);
            var before = await migration.EventCountAsync();

            await migration.SkipAsync(TimeSpan.FromHours(23));

            Assert.InRange(await migration.EventCountAsync() - before, 1, ContinuesAsNew ? 160 : 80);
        });
    }

    [Fact]
    public async Task Migration_NodesRollForTwentyHours_CostNoEventsMeanwhile()
    {
        var garden = new ScriptedGarden { RunTime = TimeSpan.FromHours(20) };
        await RunAsync(garden.AlreadyPatched(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            garden.AnnotateByHand("rollout-workers=*");
            garden.Advance(await migration.NowAsync());
            var told = new ShootObserved(garden.Observe(await migration.NowAsync()), "x");
            await migration.Latest().SignalAsync(workflow => workflow.ShootObservedAsync(told));
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Nodes);
            var before = await migration.EventCountAsync();

            await migration.SkipAsync(TimeSpan.FromHours(5));

            Assert.Equal(before, await migration.EventCountAsync());
            Assert.True(migration.Activities.Looks > 500, $"{migration.Activities.Looks} looks");
        });
    }

    private async Task WaitForAsync(WaitingFor person, Func<TestMigration, Task> test)
    {
        var garden = new ScriptedGarden { Overlay = person == WaitingFor.Help ? OverlaySetting.On : OverlaySetting.Off };
        await RunAsync(garden,
            async migration =>
            {
                if (person == WaitingFor.Resume)
                {
                    await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
                    await migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(migration.Ask()));
                }

                await migration.UntilAsync(status => status.WaitingFor == person);
                await test(migration);
            },
            person == WaitingFor.Approval ? RolloutMode.OnApproval : RolloutMode.Manual);
    }

    private static async Task OperateAsync(TestMigration migration)
    {
        var garden = migration.Garden;
        if (garden is not { Nc: "Progressing", InfrastructureDual: true, Rollouts: 0, Operation: null, IsRunning: false })
        {
            return;
        }

        if (migration.Request.Rollout == RolloutMode.Manual)
        {
            garden.AnnotateByHand("rollout-workers=*");
        }
        else if ((await migration.StatusAsync()).WaitingFor == WaitingFor.Approval)
        {
            await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
        }
    }

    /// <summary>Runs what is asked for, and tells each change of the digest as soon as the one before was taken in.</summary>
    private sealed class Gardenlet(TestMigration migration)
    {
        private ShootDigest? digest;
        private string? intent;

        public async Task WorkAsync(Func<Task> operate)
        {
            var garden = migration.Garden;
            while ((await migration.Latest().DescribeAsync()).Status == WorkflowExecutionStatus.Running)
            {
                await TellAsync();
                await operate();
                if (garden.Generation == garden.ObservedGeneration)
                {
                    await migration.SkipAsync(TimeSpan.FromSeconds(30));
                    continue;
                }

                await TellAsync();
                garden.StartRun(await migration.NowAsync());
                await TellAsync();
                await migration.SkipAsync(TimeSpan.FromMinutes(2));
                garden.DeployInfrastructure();
                await TellAsync();
                await migration.SkipAsync(TimeSpan.FromMinutes(10));
                garden.EndRun(await migration.NowAsync());
                await TellAsync();
            }
        }

        private async Task TellAsync()
        {
            // The version that a write of the migration brought about is no news to it.
            if (migration.Garden.LastAnswer is { } answer && answer.IntentId != intent)
            {
                (digest, intent) = (ShootDigest.Of(answer, digest), answer.IntentId);
            }

            var observation = migration.Garden.Observe(await migration.NowAsync());
            var next = ShootDigest.Of(observation, digest);
            if (!migration.Garden.Marked || next.Value == digest?.Value)
            {
                return;
            }

            digest = next;
            try
            {
                var told = new ShootObserved(observation, next.Value);
                await migration.Latest().SignalAsync(workflow => workflow.ShootObservedAsync(told));
                await migration.StatusAsync();
            }
            catch (RpcException exception) when (exception.Code == RpcException.StatusCode.NotFound)
            {
                // It has ended.
            }
        }
    }

    public sealed class InOneRun(TimeSkippingFixture fixture, ITestOutputHelper output) : EventBudgetTests(fixture, continuesAsNew: false, output);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture, ITestOutputHelper output) : EventBudgetTests(fixture, continuesAsNew: true, output);
}
