using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public interface IEncodedRawValue
{
    Payload Payload { get; }

    Task<T> ToValueAsync<T>();

    Task<object?> ToValueAsync(Type type);
}
