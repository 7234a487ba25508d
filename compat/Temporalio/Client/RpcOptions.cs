namespace Temporalio.Client;

public class RpcOptions : ICloneable
{
    public bool? Retry { get; set; }

    public IReadOnlyCollection<KeyValuePair<string, string>>? Metadata { get; set; }

    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? BinaryMetadata { get; set; }

    public TimeSpan? Timeout { get; set; }

    public CancellationToken? CancellationToken { get; set; }

    public Tuple<RpcOptions, CancellationTokenSource?> WithAdditionalCancellationToken(CancellationToken? cancellationToken)
    {
        if (cancellationToken is not { } additional)
        {
            return new(this, null);
        }

        var copy = (RpcOptions)Clone();
        if (CancellationToken is not { } own)
        {
            copy.CancellationToken = additional;
            return new(copy, null);
        }

        var linked = CancellationTokenSource.CreateLinkedTokenSource(own, additional);
        copy.CancellationToken = linked.Token;
        return new(copy, linked);
    }

    public virtual object Clone() => MemberwiseClone();
}
