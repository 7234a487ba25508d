using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

public record RawValue(Payload Payload) : IRawValue;
