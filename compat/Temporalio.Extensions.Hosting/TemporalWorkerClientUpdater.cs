using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

public class TemporalWorkerClientUpdater
{
    internal event EventHandler<IWorkerClient>? ClientUpdated;

    public void UpdateClient(IWorkerClient client) => ClientUpdated?.Invoke(this, client);
}
