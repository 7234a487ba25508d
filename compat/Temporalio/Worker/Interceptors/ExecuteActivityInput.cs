using Temporalio.Activities;
using Temporalio.Api.Common.V1;

namespace Temporalio.Worker.Interceptors;

public record ExecuteActivityInput(
    ActivityDefinition Activity,
    object?[] Args,
    IReadOnlyDictionary<string, Payload>? Headers);
