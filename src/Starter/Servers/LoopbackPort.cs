using System.Net;
using System.Net.Sockets;
using Dualstack.Starter.Cli;

namespace Dualstack.Starter.Servers;

/// <summary>Loopback ports for servers that are about to start.</summary>
internal static class LoopbackPort
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits briefly, because a predecessor that was killed may still be ending.</summary>
    public static async Task WaitUntilFreeAsync(int port, string option, TimeProvider time, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (!IsFree(port))
        {
            if (time.GetElapsedTime(begin) > Patience)
            {
                throw new CliException(ExitCode.Error, $"Port {port} of this machine is in use; end what uses it, or choose another with {option}.");
            }

            await Task.Delay(Pace, time, cancellationToken);
        }
    }

    private static bool IsFree(int port)
    {
        if (port == 0)
        {
            return true;
        }

        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
