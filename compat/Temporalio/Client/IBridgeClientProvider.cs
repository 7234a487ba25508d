using System.Runtime.InteropServices;

namespace Temporalio.Client;

public interface IBridgeClientProvider
{
    SafeHandle? BridgeClient { get; }
}
