using Temporalio.Exceptions;

namespace Temporalio.Activities;

public class CompleteAsyncException : TemporalException
{
    public CompleteAsyncException()
        : base("The activity will be completed from outside")
    {
    }
}
