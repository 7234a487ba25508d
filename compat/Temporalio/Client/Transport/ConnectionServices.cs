using Google.Protobuf;

namespace Temporalio.Client.Transport;

/// <summary>The services as they are when calls go through a connection.</summary>
internal static class ConnectionServices
{
    internal sealed class Workflow(TemporalConnection connection) : WorkflowService
    {
        protected override Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
            connection.InvokeAsync(FullName, rpc, req, resp, options);
    }

    internal sealed class Operator(TemporalConnection connection) : OperatorService
    {
        protected override Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
            connection.InvokeAsync(FullName, rpc, req, resp, options);
    }

    internal sealed class Test(TemporalConnection connection) : TestService
    {
        protected override Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
            connection.InvokeAsync(FullName, rpc, req, resp, options);
    }
}
