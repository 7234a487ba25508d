using Dualstack.Workflows.Tests.Garden;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Dualstack.Workflows.Tests.Migrations;

public abstract class VisibilityTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    [Fact]
    public async Task SearchAttributes_ThroughAMigration_TellWhereItStands()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            var attributes = (await migration.Latest().DescribeAsync()).TypedSearchAttributes;
            Assert.Equal(migration.Request.Shoot.Garden, attributes.Get(MigrationSearchAttributes.Garden));
            Assert.Equal("garden-test", attributes.Get(MigrationSearchAttributes.Project));
            Assert.Equal("aws", attributes.Get(MigrationSearchAttributes.Provider));
            Assert.Equal("RollNodes", attributes.Get(MigrationSearchAttributes.Stage));
            Assert.Equal("Operator", attributes.Get(MigrationSearchAttributes.WaitingFor));
            Assert.Equal((await migration.StatusAsync()).StageSince, attributes.Get(MigrationSearchAttributes.StageSince));
            Assert.False(attributes.ContainsKey(MigrationSearchAttributes.Outcome));

            migration.Garden.AnnotateByHand("rollout-workers=*");
            await migration.ResultAsync();
            attributes = (await migration.Latest().DescribeAsync()).TypedSearchAttributes;
            Assert.Equal("Succeeded", attributes.Get(MigrationSearchAttributes.Outcome));
            Assert.Equal("Nothing", attributes.Get(MigrationSearchAttributes.WaitingFor));
        });
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task SearchAttributes_BeforeThePreflight_AreSetOnlyWhereTheStarterDidNot(bool fromOutside, int upserts)
    {
        await RunAsync(new ScriptedGarden { Workerless = true },
            async migration =>
            {
                await migration.ResultAsync();
                var events = await migration.EventsAsync();
                var before = events.TakeWhile(item => item.EventType != EventType.ActivityTaskScheduled);
                Assert.Equal(upserts, before.Count(item => item.EventType == EventType.UpsertWorkflowSearchAttributes));

                var attributes = (await migration.Latest().DescribeAsync()).TypedSearchAttributes;
                Assert.Equal(migration.Request.Shoot.Garden, attributes.Get(MigrationSearchAttributes.Garden));
                Assert.Equal("Preflight", attributes.Get(MigrationSearchAttributes.Stage));
                Assert.Equal((await migration.StatusAsync()).StageSince, attributes.Get(MigrationSearchAttributes.StageSince));
            },
            fromOutside: fromOutside);
    }

    [Fact]
    public async Task Summaries_OfActivitiesAndTimers_FitAndSayWhy()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            var events = await migration.EventsAsync();
            var summaries = events
                .Where(item => item.EventType is EventType.ActivityTaskScheduled or EventType.TimerStarted)
                .Select(item => item.UserMetadata?.Summary).ToList();

            Assert.NotEmpty(summaries);
            Assert.All(summaries, summary => Assert.InRange(summary!.Data.Length, 10, 200));
        });
    }

    [Fact]
    public async Task Upserts_ThroughAWait_HappenOnlyWhenSomethingChanged()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.SkipAsync(TimeSpan.FromDays(2));
            var events = await migration.EventsAsync();

            Payload? last = null;
            foreach (var upsert in events.Where(item => item.EventType == EventType.UpsertWorkflowSearchAttributes))
            {
                var fields = upsert.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes.IndexedFields;
                if (fields.TryGetValue("DualstackStage", out var stage))
                {
                    Assert.NotEqual(last, stage);
                    last = stage;
                }
            }

            Assert.NotNull(last);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : VisibilityTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : VisibilityTests(fixture, continuesAsNew: true);
}
