using Microsoft.Extensions.DependencyInjection;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

public class TemporalWorkerServiceOptionsBuilder : ITemporalWorkerServiceOptionsBuilder
{
    public TemporalWorkerServiceOptionsBuilder(string taskQueue, IServiceCollection services)
        : this(taskQueue, (WorkerDeploymentOptions?)null, services)
    {
    }

    public TemporalWorkerServiceOptionsBuilder(
        string taskQueue,
        WorkerDeploymentOptions? deploymentOptions,
        IServiceCollection services)
    {
        TaskQueue = taskQueue;
        DeploymentOptions = deploymentOptions;
        Services = services;
    }

    public string TaskQueue { get; }

    public WorkerDeploymentOptions? DeploymentOptions { get; }

    public IServiceCollection Services { get; }
}
