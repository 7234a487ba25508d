using System.Net;
using Dualstack.EndToEnd.Tests.Installations;
using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;

namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary>A worker that is asked to end (SIGTERM) ends what it has begun, and nothing waits for a timeout.</summary>
public sealed class DrainTests
{
    private const string Shoot = "drained";

    [Fact]
    public async Task Terminate_TheWorkerInTheMiddleOfAWrite_EndsTheWriteFirstAndTheNextWorkerGoesOn()
    {
        await using var site = await Installation.StartAsync(new InstallationOptions { Speed = 600, Shoots = directory => Shoots.Write(directory, Shoot) });
        var held = await site.Garden.ArmAsync("DelayAnswer", Shoot, bodyContains: "\"ipFamilies\"", verb: "patch");
        await site.MigrateAsync(Shoot, writeTimeout: TimeSpan.FromMinutes(10));
        await site.WaitAsync(
            "the write is held", async () => (await site.Garden.AuditAsync(Shoot)).Any(record => record.Fault == "delayed"), isHeld => isHeld);

        using var http = new HttpClient { BaseAddress = site.Health };
        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(http)).Code);
        var ending = site.Worker.TerminateAsync();
        var draining = await site.WaitAsync("the worker drains", () => ReadyAsync(http), ready => ready.Code == HttpStatusCode.ServiceUnavailable);
        Assert.Contains("draining", draining.Report, StringComparison.Ordinal);
        Assert.Equal("ok", await http.GetStringAsync(new Uri("healthz", UriKind.Relative)));
        Assert.False(ending.IsCompleted);

        await site.Garden.DisarmAsync(held);
        site.Expect(await ending == 0, "the worker did not end well");
        // Nobody works now: what is completed was completed by the worker that ended.
        var history = (await site.Migration(Shoot).FetchHistoryAsync()).Events;
        var scheduled = history.Last(item => item.EventType == EventType.ActivityTaskScheduled);
        Assert.Equal("UpdateNetworking", scheduled.ActivityTaskScheduledEventAttributes.ActivityType.Name);
        var started = history.Single(item => item.ActivityTaskStartedEventAttributes?.ScheduledEventId == scheduled.EventId);
        Assert.Equal(1, started.ActivityTaskStartedEventAttributes.Attempt);
        Assert.Single(history, item => item.ActivityTaskCompletedEventAttributes?.ScheduledEventId == scheduled.EventId);

        await site.StartWorkerAsync();
        await site.WaitForStatusAsync(Shoot, status => status.WaitingFor == WaitingFor.Operator);
        Assert.DoesNotContain((await site.Migration(Shoot).FetchHistoryAsync()).Events, item => item.EventType == EventType.ActivityTaskTimedOut);
        Assert.Single(await site.Garden.WritesAsync(Shoot), write => write.Step == WriteStep.IpFamilies);
    }

    private static async Task<(HttpStatusCode Code, string Report)> ReadyAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("readyz", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
