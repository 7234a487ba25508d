using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Services;

/// <summary>Where a reader of a history is.</summary>
internal sealed class HistoryToken : IArchived
{
    public string RunId = "";
    public long NextEventId = 1;

    /// <summary>Events of the task at hand that are not part of the history yet.</summary>
    public History? Tail;

    public static HistoryToken Parse(ByteString bytes)
    {
        try
        {
            var token = new HistoryToken();
            Archive.Read(bytes.ToByteArray(), token.Visit);
            return token;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or InvalidProtocolBufferException)
        {
            throw GrpcException.InvalidArgument("Invalid NextPageToken.");
        }
    }

    public ByteString Encode() => UnsafeByteOperations.UnsafeWrap(Archive.Write(Visit));

    public void Visit(Archive archive)
    {
        archive.Value(ref RunId);
        archive.Value(ref NextEventId);
        archive.Message(ref Tail);
    }
}
