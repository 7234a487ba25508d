using Temporalio.Client;

namespace Temporalio.Testing;

/// <summary>An environment that ends the server it was started with.</summary>
internal class ServerEnvironment(TemporalClient client, ServerProcess server) : WorkflowEnvironment(client)
{
    public override async Task ShutdownAsync()
    {
        (Client.Connection as TemporalConnection)?.Close();
        await server.StopAsync();
    }
}
