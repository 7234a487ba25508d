namespace Temporalio.Worker.Hosting;

/// <summary>The two steps in which polling stops: no further polls, then the open ones are given up.</summary>
internal sealed record PollStop(CancellationToken NoMore, CancellationToken Abort);
