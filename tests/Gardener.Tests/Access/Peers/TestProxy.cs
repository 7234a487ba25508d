using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dualstack.Gardener.Tests.Access;

/// <summary>An HTTP proxy that wants a password, tunnels everything to one server and remembers what was asked of it.</summary>
internal sealed class TestProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> heads = new();
    private readonly int target;

    public TestProxy(Uri target)
    {
        this.target = target.Port;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Heads => [.. heads];

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            _ = TunnelAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
    }

    private async Task TunnelAsync(TcpClient client)
    {
        using var near = client;
        var stream = client.GetStream();
        while (true)
        {
            var head = await ReadHeadAsync(stream);
            heads.Enqueue(head);
            if (head.Contains("Proxy-Authorization: Basic ", StringComparison.OrdinalIgnoreCase))
            {
                break;
            }

            await stream.WriteAsync("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop.Token);
        }

        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop.Token);
        await Task.WhenAny(stream.CopyToAsync(far.GetStream(), stop.Token), far.GetStream().CopyToAsync(stream, stop.Token));
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
            {
                throw new EndOfStreamException();
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
