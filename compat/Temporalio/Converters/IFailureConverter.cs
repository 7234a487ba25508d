using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

public interface IFailureConverter
{
    Failure ToFailure(Exception exception, IPayloadConverter payloadConverter);

    Exception ToException(Failure failure, IPayloadConverter payloadConverter);
}
