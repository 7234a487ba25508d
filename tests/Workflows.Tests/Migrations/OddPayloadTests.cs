using Dualstack.Workflows.Tests.Garden;
using Dualstack.Workflows.Writes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>Payloads come from other languages and out of text fields. None of them may keep a workflow from ever going on.</summary>
public abstract class OddPayloadTests(TimeSkippingFixture fixture, bool continuesAsNew) : MigrationTests(fixture, continuesAsNew)
{
    [Theory]
    [InlineData("""{"by":"ann","reason":"rolled \ud83d"}""")]
    [InlineData("""{"by":"ann","pools":["\ud83d"]}""")]
    [InlineData("""{"by":"ann","\ud83d":1}""")]
    public async Task NodeRolloutCompleted_HalfACharacterInThePayload_IsShownAsNotUnderstoodAndChecked(string json)
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, [new RawJson(json)]);

            var status = await migration.UntilAsync(status => status.Claim is { State: ClaimState.Missing });
            Assert.Equal(("ann", json), (status.Claim!.By, status.Claim.NotUnderstood));
        });
    }

    [Fact]
    public async Task Approve_PoolsThatAreNull_ApprovesAllOfThem()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            await migration.Latest().ExecuteUpdateAsync<OperatorAnswer>(
                MessageNames.Approve, [new RawJson("""{"RequestId":"r","By":"ann","Reason":"window","Pools":null}""")]);

            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
            Assert.Equal(["rollout-workers=*"], migration.Garden.Operations);
        }, RolloutMode.OnApproval);
    }

    [Theory]
    [InlineData("""{"RequestId":null,"By":"ann","Reason":"window"}""", "RequestId")]
    [InlineData("""{"RequestId":"r","By":null,"Reason":"window"}""", "By")]
    [InlineData("""{"RequestId":"r","By":"ann","Reason":"window","Pools":[null]}""", "Pools")]
    public async Task Approve_NullWhereANameBelongs_IsRejected(string json, string named)
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Approval);
            var rejected = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => migration.Latest().ExecuteUpdateAsync<OperatorAnswer>(MessageNames.Approve, [new RawJson(json)]));

            Assert.Contains(named, rejected.InnerException!.Message, StringComparison.Ordinal);
        }, RolloutMode.OnApproval);
    }

    [Fact]
    public async Task ShootObserved_WithPartsThatAreNull_LeadsToAReadOnly()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.Latest().SignalAsync(
                MessageNames.ShootObserved,
                [new RawJson($$"""{"Observation":{"ResourceVersion":"999","Uid":"{{migration.Garden.Uid}}","IpFamilies":null,"ConditionsNotTrue":[null]},"Digest":null}""")]);
            migration.Garden.AnnotateByHand("rollout-workers=*");

            Assert.Equal(MigrationOutcome.Succeeded, (await migration.ResultAsync()).Outcome);
        });
    }

    [Fact]
    public async Task CancelReason_WithPartsThatAreNull_IsTaken()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            await migration.Latest().SignalAsync(MessageNames.CancelReason, [new RawJson("""{"RequestId":null,"By":null,"Reason":null,"Pools":null}""")]);
            await migration.Latest().CancelAsync();

            await Assert.ThrowsAsync<WorkflowFailedException>(migration.ResultAsync);
            Assert.Equal([WriteKind.IpFamilies], migration.Garden.Audit);
        });
    }

    [Fact]
    public async Task Start_SettingsThatAreNull_TakesTheDefaults()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            await migration.Latest().TerminateAsync("Started anew.");
            var shoot = migration.Request.Shoot;
            var handle = await migration.Client.StartWorkflowAsync(
                MessageNames.ShootMigrationWorkflow,
                [new RawJson($$"""{"Shoot":{"Garden":"{{shoot.Garden}}","Namespace":"{{shoot.Namespace}}","Name":"{{shoot.Name}}"},"Settings":null}""")],
                new WorkflowOptions(shoot.WorkflowId(), TaskQueues.Garden(shoot.Garden)));

            await migration.UntilAsync(status => status.WaitingFor == WaitingFor.Operator);
            Assert.Equal(shoot.WorkflowId(), handle.Id);
        });
    }

    [Fact]
    public async Task Start_WithoutAShoot_FailsAndSaysWhatIsMissing()
    {
        await RunAsync(new ScriptedGarden(), async migration =>
        {
            var handle = await migration.Client.StartWorkflowAsync(
                MessageNames.ShootMigrationWorkflow,
                [new RawJson("""{"Shoot":null}""")],
                new WorkflowOptions($"{migration.Request.Shoot.WorkflowId()}/odd", TaskQueues.Garden(migration.Request.Shoot.Garden)));

            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.Contains("names no shoot", failed.InnerException!.Message, StringComparison.Ordinal);
        });
    }

    public sealed class InOneRun(TimeSkippingFixture fixture) : OddPayloadTests(fixture, continuesAsNew: false);

    public sealed class ContinuedAtEveryWait(TimeSkippingFixture fixture) : OddPayloadTests(fixture, continuesAsNew: true);
}
