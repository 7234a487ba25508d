using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public interface IEncodingConverter
{
    string Encoding { get; }

    bool TryToPayload(object? value, [NotNullWhen(true)] out Payload? payload);

    object? ToValue(Payload payload, Type type);
}
