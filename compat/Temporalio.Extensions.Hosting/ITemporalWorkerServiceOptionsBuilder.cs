using Microsoft.Extensions.DependencyInjection;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

public interface ITemporalWorkerServiceOptionsBuilder
{
    string TaskQueue { get; }

    WorkerDeploymentOptions? DeploymentOptions { get; }

    IServiceCollection Services { get; }
}
