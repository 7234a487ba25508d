using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary><c>dualstack dev</c>, that is Temporal and the garden, is killed around writes and started again with its data.</summary>
public sealed class ServerCrashTests
{
    private static readonly CrashCase[] Cases =
    [
        new(WriteStep.IpFamilies, 1, CrashMoment.BeforeTheWrite),
        new(WriteStep.IpFamilies, 1, CrashMoment.BeforeTheAnswer),
        new(WriteStep.IpFamilies, 1, CrashMoment.BeforeTheCompletion),
        new(WriteStep.Rollout, 1, CrashMoment.BeforeTheWrite),
        new(WriteStep.Rollout, 1, CrashMoment.BeforeTheAnswer),
        new(WriteStep.Rollout, 1, CrashMoment.BeforeTheCompletion),
        new(WriteStep.Reconcile, 1, CrashMoment.BeforeTheAnswer),
        new(WriteStep.Reconcile, 1, CrashMoment.BeforeTheCompletion),
        new(WriteStep.Unmark, 1, CrashMoment.BeforeTheAnswer),
        new(WriteStep.Unmark, 1, CrashMoment.BeforeTheCompletion),
    ];

    [Fact]
    public async Task Kill_TheServersAroundWrites_LosesNothingAndLeavesNobodyBehind()
    {
        await using var site = await Installation.StartAsync(new InstallationOptions
        {
            Speed = 400,
            Proxy = true,
            Shoots = directory =>
            {
                CrashCase.WriteShoots(directory, Cases);
                Shoots.Write(directory, "patient");
            },
        });
        await site.MigrateAsync("patient");
        await CrashCase.HoldAllAsync(site, Cases);
        await site.WaitForStatusAsync("patient", status => status.WaitingFor == WaitingFor.Operator);

        // The whole machine: Temporal, the garden, and whatever else was started, in the middle of all of it.
        await CrashCase.AnswerAllAsync(site, Cases);
        await site.KillDevAsync(tree: true);
        site.Proxy.Restore();
        await site.StartDevAsync();
        await Task.WhenAll(Cases.Where(crash => crash.Moment == CrashMoment.BeforeTheWrite).Select(crash => crash.ReleaseAsync(site)));
        await Task.WhenAll(Cases.Select(crash => crash.SucceedAsync(site)));
        foreach (var crash in Cases)
        {
            await crash.EachWriteOnceAsync(site);
        }

        // What was acknowledged while nobody could work on it is there after the next crash, this time of the parent alone.
        await site.KillWorkerAsync();
        await site.Garden.RollAsync(Shoots.Namespace, "patient");
        await site.Migration("patient").SignalAsync(MessageNames.NodeRolloutCompleted, []);
        await site.KillDevAsync(tree: false);
        await site.StartDevAsync();
        await site.NodesAreDualAsync("patient");
        await site.StartWorkerAsync();
        var patient = await site.ResultAsync("patient");
        site.Expect(patient.Outcome == MigrationOutcome.Succeeded, $"patient: {patient}");
        AuditAssert.EachWriteOnce("patient", await site.Garden.WritesAsync("patient"), rollouts: 0);

        var status = await site.Cli.RunAsync("list");
        Assert.True(status.ExitCode == 0, status.ToString());
        Assert.All(Cases, crash => Assert.Contains(crash.Shoot, status.StandardOutput, StringComparison.Ordinal));
    }
}
