namespace Temporalio.Exceptions;

public record OutboundFailureDetails(IReadOnlyCollection<object?>? Details) : IFailureDetails
{
    public int Count => Details?.Count ?? 0;

    public T ElementAt<T>(int index)
    {
        if (index < 0 || index >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The failure has {Count} details.");
        }

        return (T)Details!.ElementAt(index)!;
    }
}
