using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Temporalio.Exceptions;

namespace Temporalio.Client.Transport;

/// <summary>The length-prefixed message that gRPC puts into a body: a flag byte, four bytes of length, the bytes.</summary>
internal static class GrpcFrame
{
    private const int PrefixLength = 5;
    private const byte Compressed = 1;

    internal static byte[] Write(IMessage message, bool gzip)
    {
        if (gzip)
        {
            using var stream = new MemoryStream();
            stream.SetLength(PrefixLength);
            stream.Position = PrefixLength;
            using (var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            {
                message.WriteTo(zip);
            }

            return WithPrefix(stream.ToArray(), Compressed);
        }

        var frame = new byte[PrefixLength + message.CalculateSize()];
        message.WriteTo(frame.AsSpan(PrefixLength));
        return WithPrefix(frame, 0);
    }

    internal static T Read<T>(ReadOnlyMemory<byte> body, string? encoding, MessageParser<T> parser)
        where T : IMessage<T>
    {
        if (body.Length < PrefixLength)
        {
            throw new RpcException(RpcException.StatusCode.Internal, "The server answered without a message.", null);
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]);
        if (length != body.Length - PrefixLength)
        {
            throw new RpcException(
                RpcException.StatusCode.Internal,
                $"The server announced a message of {length} bytes and sent {body.Length - PrefixLength}.",
                null);
        }

        var message = body[PrefixLength..];
        try
        {
            return body.Span[0] == Compressed ? parser.ParseFrom(Unzip(message, encoding)) : parser.ParseFrom(message.Span);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            throw new RpcException(RpcException.StatusCode.Internal, $"The server's answer cannot be read: {e.Message}", null, e);
        }
    }

    private static byte[] WithPrefix(byte[] frame, byte flag)
    {
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - PrefixLength));
        return frame;
    }

    private static byte[] Unzip(ReadOnlyMemory<byte> message, string? encoding)
    {
        if (encoding != "gzip")
        {
            throw new RpcException(
                RpcException.StatusCode.Internal, $"The server compressed its answer with '{encoding}', which was not offered.", null);
        }

        using var zip = new GZipStream(new MemoryStream(message.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        return plain.ToArray();
    }
}
