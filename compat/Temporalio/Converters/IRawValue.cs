using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public interface IRawValue
{
    Payload Payload { get; }
}
