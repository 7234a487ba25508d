using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Temporalio.Exceptions;

namespace Temporalio.Client.Transport;

/// <summary>Unary gRPC calls to one server over shared HTTP/2 connections.</summary>
#pragma warning disable CA1001 // Lives as long as its connection, which the official API gives no way to close.
internal sealed class GrpcChannel
#pragma warning restore CA1001
{
    private static readonly MediaTypeHeaderValue ContentType = new("application/grpc");

    // What servers say that cannot read compressed requests.
    private static readonly string[] CompressionWords = ["decompress", "grpc-encoding", "compressor"];

    private readonly HttpMessageInvoker invoker;
    private readonly GrpcEndpoint endpoint;
    private readonly RpcRetryOptions retry;
    private volatile bool gzip;

    internal GrpcChannel(TemporalConnectionOptions options)
    {
        endpoint = GrpcEndpoint.From(options);
        RequireSupported(options.PayloadLimits);
        retry = options.RpcRetry ?? new();
        gzip = options.GrpcCompression is GrpcCompression.Gzip;
        invoker = new HttpMessageInvoker(GrpcHandler.Create(options, endpoint));
    }

    internal bool IsLoopback => endpoint.IsLoopback;

    /// <summary>Sends plain bodies from now on if that is what the server's words ask for; false when it is about something else.</summary>
    internal bool DropCompressionIfRefused(string message)
    {
        if (!gzip || !CompressionWords.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        gzip = false;
        return true;
    }

    internal void Close() => invoker.Dispose();

    internal async Task<T> InvokeAsync<T>(
        GrpcCall call, MessageParser<T> parser, ITemporalConnection connection, RpcOptions? options)
        where T : IMessage<T>
    {
        var cancellationToken = options?.CancellationToken ?? CancellationToken.None;
        var ladder = options?.Retry == true ? new GrpcRetry(retry, call, TimeProvider.System) : null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RpcException failure;
            try
            {
                return await AttemptAsync(call, parser, connection, options, cancellationToken);
            }
            catch (RpcException e)
            {
                failure = e;
            }

            if (ladder?.Next(failure) is not { } wait)
            {
                throw failure;
            }

            await Task.Delay(wait, cancellationToken);
        }
    }

    private async Task<T> AttemptAsync<T>(
        GrpcCall call, MessageParser<T> parser, ITemporalConnection connection, RpcOptions? options, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var timeout = options?.Timeout ?? call.DefaultTimeout;
        var compress = gzip;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.BaseAddress, call.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(GrpcFrame.Write(call.Request, compress)) { Headers = { ContentType = ContentType } },
        };
        GrpcMetadata.Add(request.Headers, call, connection, options);
        if (compress)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        }

        try
        {
            using var response = await invoker.SendAsync(request, deadline.Token);

            // Trailers are there only once the body has been read to its end.
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            if (GrpcStatusReader.Read(response) is { } failure)
            {
                throw failure;
            }

            var encoding = response.Headers.TryGetValues("grpc-encoding", out var encodings) ? encodings.FirstOrDefault() : null;
            return GrpcFrame.Read(body, encoding, parser);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"{call.Rpc} was cancelled.", e, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException && deadline.IsCancellationRequested)
        {
            throw new RpcException(
                RpcException.StatusCode.DeadlineExceeded, $"{call.Rpc} got no answer within {timeout.TotalSeconds:0.###} s.", null, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new RpcException(RpcException.StatusCode.Unavailable, Explain(e), null, e);
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            throw new RpcException(RpcException.StatusCode.Cancelled, "The connection was closed.", null, e);
        }
    }

    private static void RequireSupported(PayloadLimitsOptions? limits)
    {
        var given = limits ?? new();
        var known = new PayloadLimitsOptions();
        if (given.PayloadsWarnSize < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(limits), given.PayloadsWarnSize, "PayloadLimits.PayloadsWarnSize must not be negative.");
        }

        if (given.MemoWarnSize < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(limits), given.MemoWarnSize, "PayloadLimits.MemoWarnSize must not be negative.");
        }

        if ((given.PayloadsWarnSize, given.MemoWarnSize) != (known.PayloadsWarnSize, known.MemoWarnSize))
        {
            throw new NotSupportedException("The stand-in SDK warns of no payload sizes: leave TemporalConnectionOptions.PayloadLimits as it is.");
        }
    }

    private static string Explain(Exception e)
    {
        // The innermost says what is wrong (connection refused, name mismatch); the outer ones only that something is.
        var innermost = e.GetBaseException();
        return ReferenceEquals(innermost, e) ? e.Message : $"{e.Message} ({innermost.Message})";
    }
}
