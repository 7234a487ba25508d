namespace Dualstack.Worker.Configuration;

internal enum WorkerCommand
{
    Run,
    HealthCheck,
    Help,
    Version,
}
