using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.Engine;

/// <summary>How the attempts of a local activity on this worker ended.</summary>
internal sealed record LocalActivityResult(
    LocalActivityOperation Operation, int Attempt, Payload? Result, Failure? Failure, TimeSpan? Backoff);
