namespace Temporalio.Exceptions;

public interface IFailureDetails
{
    int Count { get; }

    T ElementAt<T>(int index);
}
