using Temporalio.Client;

namespace Temporalio.Worker;

public interface IWorkerClient
{
    TemporalClientOptions Options { get; }

    IBridgeClientProvider BridgeClientProvider { get; }
}
