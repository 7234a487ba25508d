namespace Temporalio.Worker.Interceptors;

public record DelayAsyncInput(TimeSpan Delay, CancellationToken? CancellationToken, string? Summary);
