namespace Temporalio.Client;

public interface ITemporalConnection : IBridgeClientProvider
{
    IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata { get; set; }

    IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata { get; set; }

    string? ApiKey { get; set; }

    WorkflowService WorkflowService { get; }

    OperatorService OperatorService { get; }

    TestService TestService { get; }

    TemporalConnectionOptions Options { get; }

    bool IsConnected { get; }

    Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null);

    Task ConnectAsync();
}
