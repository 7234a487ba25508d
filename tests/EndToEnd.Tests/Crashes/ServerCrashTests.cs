using Dualstack.EndToEnd.Tests.Stacks;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary><c>dualstack dev</c>, that is Temporal and the garden, is killed around writes and started again with its data.</summary>
public sealed class ServerCrashTests
{
    private static readonly CrashCase[] Cases =
    [
        new(WriteStep.IpFamilies, 1, CrashMoment.BeforeTheWrite),
        new(WriteStep.IpFamilies, 1, CrashMoment.BeforeTheAnswer),
        new(WriteStep.Rollout, 1, CrashMoment.BeforeTheWrite),
        new(WriteStep.Rollout, 1, CrashMoment.BeforeTheAnswer),
        new(WriteStep.Reconcile, 1, CrashMoment.BeforeTheAnswer),
        new(WriteStep.Unmark, 1, CrashMoment.BeforeTheAnswer),
    ];

    [Fact]
    public async Task Kill_TheServersAroundWrites_LosesNothingAndLeavesNobodyBehind()
    {
        await using var stack = await Stack.StartAsync(new StackOptions
        {
            Speed = 200,
            Shoots = directory => Shoots.Write(directory, [.. Cases.Select(crash => crash.Shoot), "patient"]),
        });
        await stack.MigrateAsync("patient");
        await Task.WhenAll(Cases.Select(async crash =>
        {
            await stack.MigrateAsync(crash.Shoot, RolloutMode.OnApproval);
            var held = crash.HoldAsync(stack);
            await Task.WhenAll(held, crash.Step == WriteStep.IpFamilies ? held : stack.ApproveAsync(crash.Shoot));
        }));
        await stack.WaitForStatusAsync("patient", status => status.WaitingFor == WaitingFor.Operator);

        // The whole machine: Temporal, the garden, and whatever else was started, in the middle of all of it.
        await stack.KillDevAsync(tree: true);
        await stack.StartDevAsync();
        await Task.WhenAll(Cases.Where(crash => crash.Moment == CrashMoment.BeforeTheWrite).Select(crash => crash.ReleaseAsync(stack)));
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

        // What was acknowledged while nobody could work on it is there after the next crash, this time of the parent alone.
        await stack.KillWorkerAsync();
        await stack.Garden.RollAsync(Shoots.Namespace, "patient");
        await stack.Migration("patient").SignalAsync(MessageNames.NodeRolloutCompleted, []);
        await stack.KillDevAsync(tree: false);
        await stack.StartDevAsync();
        await stack.NodesAreDualAsync("patient");
        await stack.StartWorkerAsync();
        var patient = await stack.ResultAsync("patient");
        stack.Expect(patient.Outcome == MigrationOutcome.Succeeded, $"patient: {patient}");
        AuditAssert.EachWriteOnce("patient", await stack.Garden.WritesAsync("patient"), rollouts: 0);

        var status = await stack.Cli.RunAsync("list");
        Assert.True(status.ExitCode == 0, status.ToString());
        Assert.All(Cases, crash => Assert.Contains(crash.Shoot, status.StandardOutput, StringComparison.Ordinal));
    }
}
