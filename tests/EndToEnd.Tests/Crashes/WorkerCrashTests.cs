using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary>The worker is killed around every write that a migration makes; all crashes share one run.</summary>
public sealed class WorkerCrashTests
{
    private static readonly CrashCase[] Cases =
    [
        .. from write in new (WriteStep Step, int Nth)[]
        {
            (WriteStep.Unmark, 1), (WriteStep.Reconcile, 3), (WriteStep.Reconcile, 2), (WriteStep.Reconcile, 1), (WriteStep.Rollout, 1), (WriteStep.IpFamilies, 1),
        }
        from moment in Enum.GetValues<CrashMoment>()
        select new CrashCase(write.Step, write.Nth, moment),
    ];

    [Fact]
    public async Task Kill_TheWorkerAroundEveryWrite_LeavesEachWrittenOnceAndAllSucceed()
    {
        await using var site = await Installation.StartAsync(new InstallationOptions
        {
            Speed = 400,
            Proxy = true,
            Shoots = directory => Shoots.Write(directory, Cases.Select(crash => crash.Shoot)),
        });
        // Those that are held early come last, so that none is held for long.
        await CrashCase.HoldAllAsync(site, Cases.Where(crash => crash.Step != WriteStep.IpFamilies));
        await CrashCase.HoldAllAsync(site, Cases.Where(crash => crash.Step == WriteStep.IpFamilies));

        await CrashCase.AnswerAllAsync(site, Cases);
        await site.KillWorkerAsync();
        site.Proxy.Restore();
        await Task.WhenAll(Cases.Where(crash => crash.Moment != CrashMoment.BeforeTheCompletion).Select(crash => crash.ReleaseAsync(site)));
        await site.StartWorkerAsync();

        await Task.WhenAll(Cases.Select(async crash =>
        {
            await Task.WhenAll(crash.GoOnAsync(site), crash.Step == WriteStep.IpFamilies ? site.ApproveAsync(crash.Shoot) : Task.CompletedTask);
            var result = await site.ResultAsync(crash.Shoot);
            site.Expect(result.Outcome == MigrationOutcome.Succeeded, $"{crash}: {result}");
        }));
        foreach (var crash in Cases)
        {
            AuditAssert.EachWriteOnce(crash.Shoot, await site.Garden.WritesAsync(crash.Shoot), rollouts: 1);
        }
    }
}
