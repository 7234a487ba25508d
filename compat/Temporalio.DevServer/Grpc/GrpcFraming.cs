using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;

namespace Temporalio.DevServer.Grpc;

/// <summary>The five-byte prefix, and bodies compressed with gzip.</summary>
internal static class GrpcFraming
{
    public const int MaxMessageBytes = 4 * 1024 * 1024;
    private const int PrefixBytes = 5;

    /// <summary>Reads the one message of a unary call, and how far the reader may advance once the message is parsed.</summary>
    public static async ValueTask<(ReadOnlySequence<byte> Message, SequencePosition End)> ReadAsync(PipeReader reader, string? encoding, CancellationToken cancellationToken)
    {
        ReadResult read;
        while (true)
        {
            read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.IsCompleted)
            {
                break;
            }

            if (read.Buffer.Length > MaxMessageBytes + PrefixBytes)
            {
                throw TooLarge(Announced(read.Buffer));
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        var buffer = read.Buffer;
        if (buffer.Length < PrefixBytes)
        {
            throw new GrpcException(StatusCode.Internal, "The request has no gRPC message.");
        }

        var length = Announced(buffer);
        var compressed = buffer.FirstSpan[0];
        if (length > MaxMessageBytes)
        {
            throw TooLarge(length);
        }

        if (buffer.Length - PrefixBytes != length)
        {
            throw new GrpcException(StatusCode.Internal, "The request's length prefix does not match its body.");
        }

        var body = buffer.Slice(PrefixBytes);
        var message = compressed switch
        {
            0 => body,
            1 when encoding == "gzip" => Inflate(body),
            _ => throw new GrpcException(StatusCode.Unimplemented, $"grpc: Decompressor is not installed for grpc-encoding \"{encoding}\""),
        };
        return (message, buffer.End);
    }

    public static void Write(PipeWriter writer, IMessage message)
    {
        var size = message.CalculateSize();
        var prefix = writer.GetSpan(PrefixBytes);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)size);
        writer.Advance(PrefixBytes);
        message.WriteTo(writer);
    }

    private static long Announced(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        return BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
    }

    private static ReadOnlySequence<byte> Inflate(ReadOnlySequence<byte> body)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(256, (int)body.Length * 2));
        try
        {
            using var input = new MemoryStream(body.ToArray(), writable: false);
            using var gzip = new GZipStream(input, CompressionMode.Decompress);
            int read;
            while ((read = gzip.Read(output.GetSpan(4096))) > 0)
            {
                output.Advance(read);
                if (output.WrittenCount > MaxMessageBytes)
                {
                    throw TooLarge(output.WrittenCount);
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new GrpcException(StatusCode.Internal, $"grpc: failed to decompress the received message: {e.Message}");
        }

        return new ReadOnlySequence<byte>(output.WrittenMemory);
    }

    private static GrpcException TooLarge(long length) => new(
        StatusCode.ResourceExhausted, $"grpc: received message larger than max ({length} vs. {MaxMessageBytes})");
}
