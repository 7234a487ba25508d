using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary>One shoot and the write of its migration that is held until the crash.</summary>
/// <param name="Step">The kind of write.</param>
/// <param name="Nth">Which of that kind, from 1.</param>
/// <param name="Moment">Where it is held.</param>
/// <param name="Path">How the migration comes there.</param>
public sealed record CrashCase(WriteStep Step, int Nth, CrashMoment Moment, CrashPath Path = CrashPath.OnApproval)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private long fault;
    private long standstill;

    /// <summary>The write comes before the migration asks whether nodes may be replaced, and at once.</summary>
    public bool IsEarly => Step is WriteStep.IpFamilies or WriteStep.Mark;

    public string Shoot => $"{Step}-{Nth}-{Moment}{(Path == CrashPath.OnApproval ? string.Empty : $"-{Path}")}".ToLowerInvariant();

    /// <summary>The write that is held, as the garden recorded it; null if nothing was written.</summary>
    public AuditRecord? Held { get; private set; }

    /// <summary>Longer than the write is held; the worker's death shows only after it.</summary>
    private TimeSpan WriteTimeout => TimeSpan.FromSeconds(IsEarly ? 20 : 40);

    private bool IsApprovedBefore => Path == CrashPath.OnApproval && !IsEarly;

    private bool IsApprovedAfter => Path != CrashPath.ByHand && !IsApprovedBefore;

    public override string ToString() => Shoot;

    /// <summary>Writes the manifests of the shoots.</summary>
    public static void WriteShoots(string directory, IReadOnlyCollection<CrashCase> cases)
    {
        Shoots.Write(directory, Of(CrashPath.OnApproval, CrashPath.ByHand, CrashPath.FailedRun));
        Shoots.WriteConfined(directory, Of(CrashPath.Confined));
        Shoots.WriteHalfWay(directory, Of(CrashPath.HalfWay));

        IEnumerable<string> Of(params CrashPath[] paths) => cases.Where(crash => paths.Contains(crash.Path)).Select(crash => crash.Shoot);
    }

    /// <summary>Starts the migrations, and brings each to its write. Those that are there at once come last, so that none is held for long.</summary>
    public static async Task HoldAllAsync(Installation site, IReadOnlyCollection<CrashCase> cases)
    {
        await Task.WhenAll(cases.Where(crash => !crash.IsEarly).Select(crash => crash.StartAndHoldAsync(site)));
        await Task.WhenAll(cases.Where(crash => crash.IsEarly).Select(crash => crash.StartAndHoldAsync(site)));
    }

    /// <summary>Cuts the worker off from Temporal, and waits until the garden's answers to the writes have reached the worker.</summary>
    public static async Task AnswerAllAsync(Installation site, IEnumerable<CrashCase> cases)
    {
        await site.Proxy.SwallowAsync();
        var answered = cases.Where(crash => crash.Moment == CrashMoment.BeforeTheCompletion).ToList();
        await Task.WhenAll(answered.Select(crash => crash.ReleaseAsync(site)));
        foreach (var crash in answered.Where(crash => crash.Held!.Intent is not null))
        {
            await site.Worker.WaitForLineAsync($"intent {crash.Held!.Intent}: ");
        }
    }

    /// <summary>Takes the hold back.</summary>
    public Task ReleaseAsync(Installation site) => site.Garden.DisarmAsync(fault);

    /// <summary>Waits until the write has been made, lets Gardener go on, and waits for the end.</summary>
    public async Task SucceedAsync(Installation site)
    {
        if (standstill != 0)
        {
            await site.WaitAsync($"the write of {Shoot}", () => CommittedAsync(site), count => count >= Nth, Patience);
            await site.Garden.DisarmAsync(standstill);
        }

        if (IsApprovedAfter)
        {
            await site.ApproveAsync(Shoot);
        }

        var result = await site.ResultAsync(Shoot);
        site.Expect(result.Outcome == MigrationOutcome.Succeeded, $"{Shoot}: {result}");
    }

    /// <summary>Asserts that the garden's audit log shows each write once.</summary>
    public async Task EachWriteOnceAsync(Installation site) => AuditAssert.EachWriteOnce(
        Shoot, await site.Garden.WritesAsync(Shoot), rollouts: Path == CrashPath.ByHand ? 0 : 1, first: Path == CrashPath.HalfWay ? WriteStep.Mark : WriteStep.IpFamilies);

    private async Task StartAndHoldAsync(Installation site)
    {
        // Of the runs it is that of the families which has to fail, and no hourly one before it.
        var pause = Path == CrashPath.FailedRun ? await site.Garden.ArmAsync("GardenletDown", Shoot, times: 0) : 0;
        await site.MigrateAsync(Shoot, Path == CrashPath.ByHand ? RolloutMode.Manual : RolloutMode.OnApproval, writeTimeout: WriteTimeout);
        if (pause != 0)
        {
            await site.WaitAsync(
                $"the families of {Shoot}", () => site.Garden.WritesAsync(Shoot), writes => writes.Any(write => write.Step == WriteStep.IpFamilies), Patience);
            await site.Garden.ArmAsync("FailRun", Shoot, state: "Failed");
            await site.Garden.DisarmAsync(pause);
        }

        await Task.WhenAll(HoldAsync(site), LeadAsync(site));
    }

    /// <summary>Does what people do until the write is due.</summary>
    private async Task LeadAsync(Installation site)
    {
        if (IsApprovedBefore)
        {
            await site.ApproveAsync(Shoot);
        }
        else if (Path == CrashPath.ByHand)
        {
            await site.WaitForStatusAsync(Shoot, status => status.WaitingFor == WaitingFor.Operator, Patience);
            // The hourly run would see by itself that the nodes are replaced.
            standstill = await site.Garden.ArmAsync("GardenletDown", Shoot, times: 0);
            await site.Garden.RollAsync(Shoots.Namespace, Shoot);
            await site.NodesAreDualAsync(Shoot);
            await site.Migration(Shoot).SignalAsync(MessageNames.NodeRolloutCompleted, []);
        }
        else if (Path == CrashPath.FailedRun)
        {
            await site.WaitForStatusAsync(Shoot, status => status.Blocked is not null, Patience);
            await site.Migration(Shoot).ExecuteUpdateAsync<OperatorAnswer>(
                MessageNames.Retry, [new OperatorRequest { RequestId = $"retry-{Shoot}", By = "test", Reason = "mended" }]);
        }
    }

    /// <summary>Waits until the migration is at the write, and holds it there.</summary>
    private async Task HoldAsync(Installation site)
    {
        if (Nth > 1)
        {
            await site.WaitAsync($"write {Nth - 1} of {Shoot}", () => CommittedAsync(site), count => count >= Nth - 1, Patience);
        }

        fault = await site.Garden.ArmAsync(
            Moment == CrashMoment.BeforeTheWrite ? "DropBeforeCommit" : "DelayAnswer",
            Shoot,
            bodyContains: Step switch
            {
                WriteStep.IpFamilies => "\"ipFamilies\"",
                WriteStep.Mark => "\"dualstack.dev/intent\":\"",
                WriteStep.Rollout => "rollout-workers=",
                WriteStep.Reconcile => "\"gardener.cloud/operation\":\"reconcile\"",
                WriteStep.Retry => "\"gardener.cloud/operation\":\"retry\"",
                _ => "\"dualstack.dev/intent\":null",
            },
            times: Moment == CrashMoment.BeforeTheWrite ? 0 : 1,
            verb: "patch");
        var struck = await site.WaitAsync(
            $"{Shoot} at its write",
            async () => (await site.Garden.AuditAsync(Shoot)).FirstOrDefault(record => record.Fault is "dropped" or "delayed"),
            record => record is not null,
            Patience);
        if (Moment != CrashMoment.BeforeTheWrite)
        {
            Held = struck;
        }
        else if (standstill == 0)
        {
            // The hourly run would make the write needless.
            standstill = await site.Garden.ArmAsync("GardenletDown", Shoot, times: 0);
        }
    }

    private async Task<int> CommittedAsync(Installation site) => (await site.Garden.WritesAsync(Shoot)).Count(write => write.Step == Step);
}
