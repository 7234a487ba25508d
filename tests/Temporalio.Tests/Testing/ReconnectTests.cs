using Temporalio.Client;
using Temporalio.Testing;

namespace Dualstack.Temporalio.Tests.Testing;

public sealed class ReconnectTests
{
    [Fact]
    public async Task Calls_WhileTheServerRestarts_SucceedOnceItIsBack()
    {
        var directory = Directory.CreateTempSubdirectory("reconnect");
        try
        {
            var options = new WorkflowEnvironmentStartLocalOptions
            {
                DevServerOptions = new() { DatabaseFilename = Path.Combine(directory.FullName, "t.db") },
            };
            var first = await WorkflowEnvironment.StartLocalAsync(options);
            options.TargetHost = first.Client.Connection.Options.TargetHost;
            var client = await TemporalClient.ConnectAsync(new(options.TargetHost!)
            {
                RpcRetry = new() { MaxElapsedTime = TimeSpan.FromMinutes(1), MaxRetries = 0 },
            });
            await client.StartWorkflowAsync("Sleeper", [], new("kept", "nobody"));
            var waiting = client.GetWorkflowHandle("kept").GetResultAsync();

            await first.DisposeAsync();
            var signalling = client.GetWorkflowHandle("kept").SignalAsync("wake", []);
            await using var second = await WorkflowEnvironment.StartLocalAsync(options);

            await signalling;
            await client.GetWorkflowHandle("kept").TerminateAsync("done");
            await Assert.ThrowsAsync<global::Temporalio.Exceptions.WorkflowFailedException>(() => waiting);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
