using System.Net;
using System.Net.Sockets;

namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>
/// Stands between a worker and Temporal. Once it swallows, nothing that the worker sends arrives any more, while the worker takes it as sent:
/// the moment after a write was answered and before its activity is known to be complete.
/// </summary>
public sealed class BlackHoleProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private readonly int target;
    private readonly Task accepting;
    private CancellationTokenSource era = new();

    public BlackHoleProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>From now on connections lead nowhere.</summary>
    public Task SwallowAsync() => era.CancelAsync();

    /// <summary>From now on new connections work. Those that were swallowed stay so.</summary>
    public void Restore() => era = new CancellationTokenSource();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(running);
        era.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stopping.Token);
                running.Add(ServeAsync(client, era.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken swallowed)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        using (client)
        {
            try
            {
                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, target, ended.Token);
                await Task.WhenAny(
                    PumpAsync(client, server, swallowed, ended.Token), PumpAsync(server, client, swallowed, ended.Token));
                await ended.CancelAsync();
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // Nobody there, or the test is over: the client sees a closed connection.
            }
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, CancellationToken swallowed, CancellationToken ended)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, ended) is var count and > 0)
            {
                if (!swallowed.IsCancellationRequested)
                {
                    await to.SendAsync(buffer.AsMemory(0, count), ended);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The other side has gone.
        }
    }
}
