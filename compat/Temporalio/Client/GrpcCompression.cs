namespace Temporalio.Client;

public abstract record GrpcCompression
{
    private GrpcCompression()
    {
    }

    public sealed record Gzip : GrpcCompression;

    public sealed record None : GrpcCompression;
}
