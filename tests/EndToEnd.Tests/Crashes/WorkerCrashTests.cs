using Dualstack.EndToEnd.Tests.Stacks;
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
        await using var stack = await Stack.StartAsync(new StackOptions
        {
            Speed = 200,
            Proxy = true,
            Shoots = directory => Shoots.Write(directory, Cases.Select(crash => crash.Shoot)),
        });
        await Task.WhenAll(Cases.Select(async crash =>
        {
            await stack.MigrateAsync(crash.Shoot, RolloutMode.OnApproval);
            var held = crash.HoldAsync(stack);
            await Task.WhenAll(held, crash.Step == WriteStep.IpFamilies ? held : stack.ApproveAsync(crash.Shoot));
        }));

        await stack.Proxy.SwallowAsync();
        var answered = Cases.Where(crash => crash.Moment == CrashMoment.BeforeTheCompletion).ToList();
        await Task.WhenAll(answered.Select(crash => crash.ReleaseAsync(stack)));
        foreach (var crash in answered.Where(crash => crash.Held!.Intent is not null))
        {
            await stack.Worker.WaitForLineAsync($"intent {crash.Held!.Intent}: Written");
        }

        await stack.KillWorkerAsync();
        stack.Proxy.Restore();
        await Task.WhenAll(Cases.Except(answered).Select(crash => crash.ReleaseAsync(stack)));
        await stack.StartWorkerAsync();

        await Task.WhenAll(Cases.Select(async crash =>
        {
            await Task.WhenAll(crash.GoOnAsync(stack), crash.Step == WriteStep.IpFamilies ? stack.ApproveAsync(crash.Shoot) : Task.CompletedTask);
            var result = await stack.ResultAsync(crash.Shoot);
            stack.Expect(result.Outcome == MigrationOutcome.Succeeded, $"{crash}: {result}");
        }));
        foreach (var crash in Cases)
        {
            AuditAssert.EachWriteOnce(crash.Shoot, await stack.Garden.WritesAsync(crash.Shoot), rollouts: 1);
        }
    }
}
