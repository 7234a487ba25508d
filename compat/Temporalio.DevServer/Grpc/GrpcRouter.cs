using System.Buffers;

namespace Temporalio.DevServer.Grpc;

/// <summary>Methods by their gRPC path.</summary>
internal sealed class GrpcRouter
{
    private readonly Dictionary<string, GrpcHandler> handlers = new(StringComparer.Ordinal);

    public void Add<TRequest, TResponse>(string service, string method, Func<TRequest, GrpcCall, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>
    {
        var parser = new MessageParser<TRequest>(static () => new TRequest());
        handlers.Add($"/{service}/{method}", async (body, call) =>
        {
            TRequest request;
            try
            {
                request = parser.ParseFrom(body);
            }
            catch (InvalidProtocolBufferException e)
            {
                throw new GrpcException(StatusCode.Internal, $"The request is not a valid {method} message: {e.Message}");
            }

            return await handler(request, call).ConfigureAwait(false);
        });
    }

    public void Add<TRequest, TResponse>(string service, string method, Func<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse> =>
        Add<TRequest, TResponse>(service, method, (request, _) => Task.FromResult(handler(request)));

    public GrpcHandler Find(string path) => handlers.TryGetValue(path, out var handler)
        ? handler
        : throw new GrpcException(StatusCode.Unimplemented, $"unknown method {path[(path.LastIndexOf('/') + 1)..]} (path {path}): this server does not implement it");
}

internal delegate Task<IMessage> GrpcHandler(ReadOnlySequence<byte> body, GrpcCall call);
