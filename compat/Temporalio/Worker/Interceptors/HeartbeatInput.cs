namespace Temporalio.Worker.Interceptors;

public record HeartbeatInput(object?[] Details);
