namespace Temporalio.Extensions.Hosting;

public record TemporalWorkerServiceIdentifier(string TaskQueue, string? Version, bool VersionIsBuildId);
