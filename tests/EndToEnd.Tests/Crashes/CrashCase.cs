using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;

namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary>One shoot and the write of its migration that is held until the crash.</summary>
/// <param name="Step">The kind of write.</param>
/// <param name="Nth">Which of that kind, from 1.</param>
/// <param name="Moment">Where it is held.</param>
public sealed record CrashCase(WriteStep Step, int Nth, CrashMoment Moment)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private long fault;
    private long standstill;

    /// <summary>Longer than the write is held; the worker's death shows only after it.</summary>
    private TimeSpan WriteTimeout => TimeSpan.FromSeconds(Step == WriteStep.IpFamilies ? 20 : 40);

    public string Shoot => $"{Step}-{Nth}-{Moment}".ToLowerInvariant();

    /// <summary>The write that is held, as the garden recorded it; null if nothing was written.</summary>
    public AuditRecord? Held { get; private set; }

    public override string ToString() => Shoot;

    /// <summary>Starts migrations whose nodes are replaced on approval, and brings each to its write.</summary>
    public static Task HoldAllAsync(Installation site, IEnumerable<CrashCase> cases) => Task.WhenAll(cases.Select(async crash =>
    {
        await site.MigrateAsync(crash.Shoot, RolloutMode.OnApproval, writeTimeout: crash.WriteTimeout);
        await Task.WhenAll(crash.HoldAsync(site), crash.Step == WriteStep.IpFamilies ? Task.CompletedTask : site.ApproveAsync(crash.Shoot));
    }));

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

    /// <summary>Waits until the migration is at the write, and holds it there.</summary>
    public async Task HoldAsync(Installation site)
    {
        if (Nth > 1)
        {
            await site.WaitAsync($"write {Nth - 1} of {Shoot}", CommittedAsync, count => count >= Nth - 1, Patience);
        }

        fault = await site.Garden.ArmAsync(
            Moment == CrashMoment.BeforeTheWrite ? "DropBeforeCommit" : "DelayAnswer",
            Shoot,
            bodyContains: Step switch
            {
                WriteStep.IpFamilies => "\"ipFamilies\"",
                WriteStep.Rollout => "rollout-workers=",
                WriteStep.Reconcile => "\"gardener.cloud/operation\":\"reconcile\"",
                _ => "\"dualstack.dev/intent\":null",
            },
            times: Moment == CrashMoment.BeforeTheWrite ? 0 : 1,
            verb: "patch");
        var struck = await site.WaitAsync(
            $"{Shoot} at its write",
            async () => (await site.Garden.AuditAsync(Shoot)).FirstOrDefault(record => record.Fault is "dropped" or "delayed"),
            record => record is not null,
            Patience);
        if (Moment == CrashMoment.BeforeTheWrite)
        {
            // The hourly run would make the write needless.
            standstill = await site.Garden.ArmAsync("GardenletDown", Shoot, times: 0);
        }
        else
        {
            Held = struck;
        }

        async Task<int> CommittedAsync() => (await site.Garden.WritesAsync(Shoot)).Count(write => write.Step == Step);
    }

    /// <summary>Takes the hold back.</summary>
    public Task ReleaseAsync(Installation site) => site.Garden.DisarmAsync(fault);

    /// <summary>Waits until the write that could not be made has been made, and lets Gardener go on.</summary>
    public async Task GoOnAsync(Installation site)
    {
        if (Moment == CrashMoment.BeforeTheWrite)
        {
            await site.WaitAsync(
                $"the write of {Shoot}",
                async () => (await site.Garden.WritesAsync(Shoot)).Count(write => write.Step == Step),
                count => count >= Nth,
                Patience);
            await site.Garden.DisarmAsync(standstill);
        }
    }
}
