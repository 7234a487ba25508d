using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

public class TemporalWorkerServiceOptions : TemporalWorkerOptions
{
    public TemporalWorkerServiceOptions()
    {
    }

    public TemporalWorkerServiceOptions(string taskQueue)
        : base(taskQueue)
    {
    }

    public TemporalClientConnectOptions? ClientOptions { get; set; }

    public TemporalWorkerClientUpdater? WorkerClientUpdater { get; set; }

    public override object Clone()
    {
        var options = (TemporalWorkerServiceOptions)base.Clone();
        options.ClientOptions = (TemporalClientConnectOptions?)ClientOptions?.Clone();
        return options;
    }

    internal static string NameOf(string taskQueue, string? version) =>
        version is null ? taskQueue : $"{taskQueue}!_temporal_!{version}";
}
