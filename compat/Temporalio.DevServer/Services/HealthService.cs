using Grpc.Health.V1;

namespace Temporalio.DevServer.Services;

internal static class HealthService
{
    public static HealthCheckResponse Check(HealthCheckRequest request) => new() { Status = HealthCheckResponse.Types.ServingStatus.Serving };
}
