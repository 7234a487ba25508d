using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>A call to the dev server as it goes over the wire, without any client.</summary>
internal static class RawCall
{
    internal static async Task<HttpResponseMessage> SendAsync(int port, string method, IMessage message, bool compressed)
    {
        var body = message.ToByteArray();
        if (compressed)
        {
            using var buffer = new MemoryStream();
            await using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            {
                await gzip.WriteAsync(body);
            }

            body = buffer.ToArray();
        }

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"http://127.0.0.1:{port}/temporal.api.workflowservice.v1.WorkflowService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([(byte)(compressed ? 1 : 0), 0, 0, 0, (byte)body.Length, .. body]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        if (compressed)
        {
            request.Headers.Add("grpc-encoding", "gzip");
        }

        var response = await http.SendAsync(request);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }
}
