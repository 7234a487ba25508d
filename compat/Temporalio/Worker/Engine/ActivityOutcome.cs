using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.Engine;

/// <summary>How an activity ended for the workflow; <paramref name="Retry"/> asks for another try of a local activity after a timer.</summary>
internal sealed record ActivityOutcome(Payload? Result, Failure? Failure, LocalActivityRetry? Retry = null);

internal sealed record LocalActivityRetry(int Attempt, TimeSpan Backoff, DateTime OriginalScheduleTime);
