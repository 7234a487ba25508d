using Dualstack.Worker.Running;

namespace Dualstack.Worker.Health;

internal static class HealthEndpoints
{
    public const string Live = "/healthz";
    public const string Ready = "/readyz";

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet(Live, () => Results.Text("ok"));
        app.MapGet(Ready, async (WorkerState state, TemporalHealth temporal, CancellationToken cancellationToken) =>
        {
            var reachable = await temporal.IsReachableAsync(cancellationToken);
            var ready = state.Polling && reachable;
            return Results.Json(
                new { ready, polling = state.Polling, temporalReachable = reachable, garden = state.Garden, state = state.Message },
                statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}
