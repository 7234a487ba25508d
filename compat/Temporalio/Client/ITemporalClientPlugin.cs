namespace Temporalio.Client;

public interface ITemporalClientPlugin
{
    string Name { get; }

    void ConfigureClient(TemporalClientOptions options);

    Task<TemporalConnection> ConnectAsync(
        TemporalClientConnectOptions options, Func<TemporalClientConnectOptions, Task<TemporalConnection>> continuation);
}
