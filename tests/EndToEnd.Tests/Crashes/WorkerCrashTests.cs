using Dualstack.EndToEnd.Tests.Installations;

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
        .. Enum.GetValues<CrashMoment>().Select(moment => new CrashCase(WriteStep.Mark, 1, moment, CrashPath.HalfWay)),
        .. Enum.GetValues<CrashMoment>().Select(moment => new CrashCase(WriteStep.Reconcile, 1, moment, CrashPath.ByHand)),
        new CrashCase(WriteStep.Reconcile, 1, CrashMoment.BeforeTheAnswer, CrashPath.Confined),
        new CrashCase(WriteStep.Retry, 1, CrashMoment.BeforeTheAnswer, CrashPath.FailedRun),
    ];

    [Fact]
    public async Task Kill_TheWorkerAroundEveryWrite_LeavesEachWrittenOnceAndAllSucceed()
    {
        await using var site = await Installation.StartAsync(new InstallationOptions
        {
            Speed = 400,
            Proxy = true,
            Shoots = directory => CrashCase.WriteShoots(directory, Cases),
        });
        await CrashCase.HoldAllAsync(site, Cases);
        await CrashCase.AnswerAllAsync(site, Cases);
        await site.KillWorkerAsync();
        site.Proxy.Restore();
        await Task.WhenAll(Cases.Where(crash => crash.Moment != CrashMoment.BeforeTheCompletion).Select(crash => crash.ReleaseAsync(site)));
        await site.StartWorkerAsync();

        await Task.WhenAll(Cases.Select(crash => crash.SucceedAsync(site)));
        foreach (var crash in Cases)
        {
            await crash.EachWriteOnceAsync(site);
        }
    }
}
