using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.Testing;

namespace Dualstack.Temporalio.Tests.Testing;

public sealed class WorkflowEnvironmentTests
{
    [Fact]
    public async Task StartLocal_WithNamespaceAndPort_UsesThem()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var target = free.LocalEndpoint.ToString()!;
        free.Stop();

        await using var environment = await WorkflowEnvironment.StartLocalAsync(new() { TargetHost = target, Namespace = "garden" });

        Assert.Equal(target, environment.Client.Connection.Options.TargetHost);
        Assert.False(environment.SupportsTimeSkipping);
        var client = await TemporalClient.ConnectAsync(new(target) { Namespace = "garden" });
        Assert.Equal("garden", (await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "garden" })).NamespaceInfo.Name);
    }

    [Fact]
    public async Task Dispose_EndsTheServer()
    {
        var environment = await WorkflowEnvironment.StartLocalAsync();
        var target = environment.Client.Connection.Options.TargetHost!;

        await environment.DisposeAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => TemporalClient.ConnectAsync(new(target)));
    }

    [Fact]
    public async Task StartLocal_WithDatabaseFile_KeepsWorkflows()
    {
        var directory = Directory.CreateTempSubdirectory("devserver");
        try
        {
            var options = new WorkflowEnvironmentStartLocalOptions { DevServerOptions = new() { DatabaseFilename = Path.Combine(directory.FullName, "t.db") } };
            await using (var first = await WorkflowEnvironment.StartLocalAsync(options))
            {
                await first.Client.StartWorkflowAsync("Sleeper", [], new("kept", "nobody"));
            }

            await using var second = await WorkflowEnvironment.StartLocalAsync(options);

            Assert.Equal("Sleeper", (await second.Client.GetWorkflowHandle("kept").DescribeAsync()).WorkflowType);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task StartLocal_WithoutServer_SaysWhatToBuild()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => WorkflowEnvironment.StartLocalAsync(new() { DevServerOptions = new() { ExistingPath = "/no/such/server" } }));

        Assert.Contains("/no/such/server", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartLocal_WithArgumentItDoesNotKnow_ShowsWhatItWrote()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => WorkflowEnvironment.StartLocalAsync(new() { DevServerOptions = new() { ExtraArgs = ["--no-such-option"] } }));

        Assert.Contains("--no-such-option", e.Message, StringComparison.Ordinal);
        Assert.Contains("It wrote:", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartTimeSkipping_Delay_TakesNoTime()
    {
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        Assert.True(environment.SupportsTimeSkipping);
        var before = await environment.GetCurrentTimeAsync();

        await environment.DelayAsync(TimeSpan.FromDays(40));

        Assert.InRange(await environment.GetCurrentTimeAsync() - before, TimeSpan.FromDays(40), TimeSpan.FromDays(41));
    }

    [Fact]
    public async Task StartTimeSkipping_WithSkippingDisabled_WaitsInRealTime()
    {
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        var handle = await environment.Client.StartWorkflowAsync("Sleeper", [], new("a", "nobody") { RunTimeout = TimeSpan.FromDays(3) });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await environment.WithAutoTimeSkippingDisabledAsync(() => Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => handle.GetResultAsync(rpcOptions: new() { CancellationToken = patience.Token })));
    }
}
