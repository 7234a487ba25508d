using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

internal enum TokenKind
{
    Workflow,
    Activity,
    Query,
}

/// <summary>What a worker hands back with its answer.</summary>
internal sealed class TaskToken : IArchived
{
    public TokenKind Kind;
    public string Namespace = "";
    public string WorkflowId = "";
    public string RunId = "";
    public long ScheduledId;
    public long StartedId;
    public int Attempt;
    public long Stamp;
    public string Id = "";

    public static TaskToken Parse(ByteString bytes, TokenKind kind)
    {
        try
        {
            var token = new TaskToken();
            Archive.Read(bytes.ToByteArray(), token.Visit);
            if (token.Kind == kind)
            {
                return token;
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or InvalidCastException)
        {
            // Falls through to the sentence below.
        }

        throw GrpcException.InvalidArgument(bytes.IsEmpty ? "Task token not set on request." : "Invalid TaskToken.");
    }

    public ByteString Encode() => UnsafeByteOperations.UnsafeWrap(Archive.Write(Visit));

    public void Visit(Archive archive)
    {
        archive.Enumeration(ref Kind);
        archive.Value(ref Namespace);
        archive.Value(ref WorkflowId);
        archive.Value(ref RunId);
        archive.Value(ref ScheduledId);
        archive.Value(ref StartedId);
        archive.Value(ref Attempt);
        archive.Value(ref Stamp);
        archive.Value(ref Id);
    }
}
