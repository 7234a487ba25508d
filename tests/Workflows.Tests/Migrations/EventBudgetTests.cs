using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Tests.Garden;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Xunit.Abstractions;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>What a migration costs, with an observer that tells each change of the digest.</summary>
public sealed class EventBudgetTests(TimeSkippingFixture fixture, ITestOutputHelper output) : IClassFixture<TimeSkippingFixture>
{
    [Fact]
    public async Task Migration_TwoPoolsByHand_HasAtMostAHundredAndFiftyEvents()
    {
        await TestMigration.RunAsync(fixture.Environment, new ScriptedGarden { Holds = true }, async migration =>
        {
            await new Gardenlet(migration).WorkAsync(() =>
            {
                if (migration.Garden.Nc == "Progressing" && migration.Garden.InfrastructureDual && migration.Garden is { Rollouts: 0, Operation: null, IsRunning: false })
                {
                    migration.Garden.AnnotateByHand("rollout-workers=*");
                }
            });

            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            var history = await migration.Latest().FetchHistoryAsync();
            output.WriteLine($"{history.Events.Count} events");
            foreach (var kind in history.Events.CountBy(item => item.EventType).OrderByDescending(kind => kind.Value))
            {
                output.WriteLine($"{kind.Value,5} {kind.Key}");
            }

            Assert.InRange(history.Events.Count, 40, 150);
        });
    }

    [Fact]
    public async Task Migration_FiveMoreHoursOfWaitingForAPerson_CostNoEvent()
    {
        await TestMigration.RunAsync(fixture.Environment, new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            var before = await migration.EventCountAsync();

            await migration.SkipAsync(TimeSpan.FromHours(5));

            Assert.Equal(before, await migration.EventCountAsync());
        });
    }

    [Fact]
    public async Task Migration_NodesRollForTwentyHours_CostNoEventsMeanwhile()
    {
        var garden = new ScriptedGarden { RunTime = TimeSpan.FromHours(20) };
        await TestMigration.RunAsync(fixture.Environment, garden.AlreadyPatched(), async migration =>
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

    /// <summary>Runs what is asked for, and tells each change of the digest as soon as the one before was taken in.</summary>
    private sealed class Gardenlet(TestMigration migration)
    {
        private ShootDigest? digest;

        public async Task WorkAsync(Action operate)
        {
            var garden = migration.Garden;
            while ((await migration.Latest().DescribeAsync()).Status == WorkflowExecutionStatus.Running)
            {
                await TellAsync();
                operate();
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
}
