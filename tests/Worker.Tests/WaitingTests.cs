using System.Net;
using Dualstack.Workflows;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Dualstack.Worker.Tests;

public sealed class WaitingTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task Worker_TemporalUnreachable_LivesAndSaysWhatItWaitsFor()
    {
        await using var worker = await site.StartWorkerAsync("127.0.0.1:1");
        await TestSite.EventuallyAsync(
            worker, HttpStatusCode.ServiceUnavailable, report => Says(report, "127.0.0.1:1"));
        using var http = new HttpClient();
        Assert.Equal("ok", await http.GetStringAsync(new Uri($"{worker.Urls.Single()}/healthz")));
        await worker.StopAsync();
    }

    [Fact]
    public async Task Worker_SearchAttributesMissing_NamesTheCommandAndGoesOnOnceTheyAreThere()
    {
        await using var temporal = await WorkflowEnvironment.StartLocalAsync();
        await using var worker = await site.StartWorkerAsync(temporal.Client.Connection.Options.TargetHost!);
        await TestSite.EventuallyAsync(
            worker, HttpStatusCode.ServiceUnavailable, report => Says(report, "DualstackStage") && Says(report, "dualstack setup"));

        var request = new AddSearchAttributesRequest { Namespace = temporal.Client.Options.Namespace };
        foreach (var attribute in MigrationSearchAttributes.All)
        {
            request.SearchAttributes.Add(attribute.Name, attribute.ValueType);
        }

        await temporal.Client.Connection.OperatorService.AddSearchAttributesAsync(request);
        var ready = await TestSite.EventuallyAsync(worker, HttpStatusCode.OK, report => report.GetProperty("ready").GetBoolean());
        Assert.Equal("sim", ready.GetProperty("garden").GetString());
        Assert.Equal(
            Temporalio.Api.Enums.V1.WorkflowExecutionStatus.Running,
            await ObserverStatusAsync(temporal.Client));
        await worker.StopAsync();
    }

    [Fact]
    public async Task Worker_RightsInOneProjectOnly_WasRefusedAsObserverForever()
    {
        await using var temporal = await WorkflowEnvironment.StartLocalAsync(
            new WorkflowEnvironmentStartLocalOptions { SearchAttributes = MigrationSearchAttributes.All });
        await using var worker = await site.StartWorkerAsync(
            temporal.Client.Connection.Options.TargetHost!, kubeconfig: site.MemberKubeconfig);
        await ObserverStatusAsync(temporal.Client);

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var position = string.Empty;
        while (!position.Contains("garden-retail", StringComparison.Ordinal))
        {
            await tick.WaitForNextTickAsync(deadline.Token);
            var observer = await temporal.Client.Connection.WorkflowService.DescribeWorkflowExecutionAsync(new DescribeWorkflowExecutionRequest
            {
                Namespace = temporal.Client.Options.Namespace,
                Execution = new Temporalio.Api.Common.V1.WorkflowExecution { WorkflowId = "observer/sim" },
            });
            position = string.Concat(observer.PendingActivities.Select(activity =>
                activity.HeartbeatDetails?.Payloads_.FirstOrDefault()?.Data.ToStringUtf8()));
        }

        await worker.StopAsync();
    }

    // The worker is ready a moment before its observer is started.
    private static async Task<Temporalio.Api.Enums.V1.WorkflowExecutionStatus> ObserverStatusAsync(ITemporalClient client)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                return (await client.GetWorkflowHandle("observer/sim").DescribeAsync()).Status;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                await tick.WaitForNextTickAsync(deadline.Token);
            }
        }
    }

    private static bool Says(System.Text.Json.JsonElement report, string text) =>
        report.GetProperty("state").GetString()!.Contains(text, StringComparison.Ordinal);
}
