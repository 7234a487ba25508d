using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Dualstack.Temporalio.Tests.Client;

/// <summary>One call that a peer was sent. <c>Flag</c> is 1 where the message came compressed; the message here is not.</summary>
internal sealed record PeerCall(HttpContext Context, string Path, IReadOnlyDictionary<string, StringValues> Headers, byte Flag, byte[] Message)
{
    internal string Rpc => Path.Split('/')[^1];

    internal string? Header(string name) => Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    internal static async Task<PeerCall> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var frame = body.ToArray();
        Assert.Equal(frame.Length - 5, (int)BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(1)));
        return new(
            context,
            context.Request.Path.Value!,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase),
            frame[0],
            frame[0] == 1 ? Unzip(frame[5..]) : frame[5..]);
    }

    internal async Task ReplyAsync(IMessage message, bool gzip = false)
    {
        var bytes = message.ToByteArray();
        if (gzip)
        {
            using var zipped = new MemoryStream();
            using (var zip = new GZipStream(zipped, CompressionLevel.Optimal))
            {
                zip.Write(bytes);
            }

            bytes = zipped.ToArray();
            Context.Response.Headers["grpc-encoding"] = "gzip";
        }

        var prefix = new byte[5];
        prefix[0] = gzip ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(1), (uint)bytes.Length);
        Context.Response.ContentType = "application/grpc";
        Context.Response.DeclareTrailer("grpc-status");
        await Context.Response.Body.WriteAsync(prefix);
        await Context.Response.Body.WriteAsync(bytes);
        Context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>An error without body: its status stands among the headers.</summary>
    internal Task FailAsync(int status, string message, byte[]? details = null)
    {
        Context.Response.ContentType = "application/grpc";
        Context.Response.Headers["grpc-status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Context.Response.Headers["grpc-message"] = message;
        if (details != null)
        {
            Context.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(details).TrimEnd('=');
        }

        return Task.CompletedTask;
    }

    private static byte[] Unzip(byte[] message)
    {
        using var zip = new GZipStream(new MemoryStream(message), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        return plain.ToArray();
    }
}
