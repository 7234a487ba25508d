using Google.Protobuf;

namespace Temporalio.Client;

public abstract class RpcService
{
    internal abstract string FullName { get; }

    protected abstract Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null)
        where T : IMessage<T>;
}
