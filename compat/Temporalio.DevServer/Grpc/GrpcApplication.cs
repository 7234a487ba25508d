using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Temporalio.DevServer.Engine;

namespace Temporalio.DevServer.Grpc;

/// <summary>Unary gRPC over Kestrel's HTTP/2, by hand. Calls wait until there is a router.</summary>
internal sealed class GrpcApplication(Task<GrpcRouter> ready, Action<string> log) : IHttpApplication<HttpContext>
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Method != "POST" || request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        context.Response.ContentType = "application/grpc";
        var timeout = GrpcTimeout.Parse(request.Headers["grpc-timeout"]);
        using var deadline = timeout is { } t && t < LongestTimer
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted)
            : null;
        deadline?.CancelAfter(timeout!.Value);
        var cancellation = deadline?.Token ?? context.RequestAborted;
        try
        {
            var router = await ready.WaitAsync(cancellation).ConfigureAwait(false);
            var handler = router.Find(request.Path.Value!);
            var (body, end) = await GrpcFraming.ReadAsync(request.BodyReader, request.Headers["grpc-encoding"], cancellation).ConfigureAwait(false);
            var metadata = new Metadata(request.Headers);
            var answer = handler(body, new GrpcCall(metadata, timeout, cancellation));
            request.BodyReader.AdvanceTo(end);
            var response = await answer.ConfigureAwait(false);
            GrpcFraming.Write(context.Response.BodyWriter, response);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        catch (GrpcException e)
        {
            Fail(context, e);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Fail(context, context.RequestAborted.IsCancellationRequested
                ? new GrpcException(StatusCode.Cancelled, "context canceled")
                : new GrpcException(StatusCode.DeadlineExceeded, "context deadline exceeded"));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var line = OneLine.Of(e);
            log($"{request.Path}: {line}");
            Fail(context, new GrpcException(StatusCode.Internal, line));
        }
    }

    private static void Fail(HttpContext context, GrpcException error)
    {
        // No body follows, so the status goes out in the headers ("trailers only").
        var headers = context.Response.Headers;
        headers["grpc-status"] = ((int)error.Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["grpc-message"] = GrpcErrorEncoding.PercentEncode(error.Message);
        if (error.Detail is not null)
        {
            headers["grpc-status-details-bin"] = GrpcErrorEncoding.Details(error);
        }
    }

    private sealed class Metadata(IHeaderDictionary headers) : IReadOnlyDictionary<string, string>
    {
        public int Count => headers.Count;

        public IEnumerable<string> Keys => headers.Keys;

        public IEnumerable<string> Values => headers.Select(header => header.Value.ToString());

        public string this[string key] => headers[key].ToString();

        public bool ContainsKey(string key) => headers.ContainsKey(key);

        public bool TryGetValue(string key, out string value)
        {
            var found = headers.TryGetValue(key, out var values);
            value = values.ToString();
            return found;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
            headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
