using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public interface IPayloadConverter
{
    Payload ToPayload(object? value);

    object? ToValue(Payload payload, Type type);
}
