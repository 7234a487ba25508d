using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Time;

namespace Temporalio.DevServer.Hosting;

/// <summary>Puts the parts together and listens.</summary>
internal sealed class DevServerHost : IAsyncDisposable
{
    private static readonly TimeSpan PredecessorPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    /// <summary>Each sweep is a moment that a skipping clock stops at.</summary>
    private static readonly TimeSpan SkippingSweep = TimeSpan.FromHours(1);
    private static readonly TimeSpan BindPause = TimeSpan.FromMilliseconds(200);

    private readonly ServerOptions options;
    private readonly Action<string> log;
    private readonly Action<Exception> fatal;
    private readonly TaskCompletionSource<GrpcRouter> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DatabaseLock? databaseLock;
    private EngineCore? engine;
    private KestrelServer? server;
    private WebApplication? page;

    public DevServerHost(ServerOptions options, Action<string> log, Action<Exception> fatal)
    {
        this.options = options;
        this.log = log;
        this.fatal = fatal;
    }

    /// <summary>Nothing in the database is touched before both the port and the database are this server's alone, and no call is answered before all is read back.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var application = new GrpcApplication(ready.Task, log);
        await BindAsync(options.Port, "stop what listens there or choose another --port", async () =>
        {
            server?.Dispose();
            server = Create(new IPEndPoint(options.Address, options.Port));
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (options.DatabaseFile is { } file)
        {
            databaseLock = await DatabaseLock.AcquireAsync(file, PredecessorPatience, cancellationToken).ConfigureAwait(false);
        }

        engine = CreateEngine();
        foreach (var name in options.Namespaces.Where(name => engine.Namespaces.All.All(known => known.NamespaceInfo.Name != name)))
        {
            await engine.Namespaces.AddAsync(name, "", "", options.Retention).ConfigureAwait(false);
        }

        foreach (var name in options.SearchAttributes.Count > 0 ? options.Namespaces : [])
        {
            await engine.SearchAttributes.Of(name).AddAsync(options.SearchAttributes).ConfigureAwait(false);
        }

        engine.Recover();
        if (!options.CanSkipTime || options.RetentionGiven)
        {
            // Unasked for, a clock that skips would take away what a test has just made.
            new RetentionSweeper(engine, options.CanSkipTime ? SkippingSweep : Sweep).Start();
        }

        engine.Timers.Start();
        if (options.UiPort is { } uiPort)
        {
            await BindAsync(uiPort, "stop what listens there, choose another --ui-port, or do without the page (--headless)", async () =>
                page = await InspectionHost.StartAsync(engine, options.Address, uiPort, options.Namespaces[^1], cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        // Last, because whoever is answered takes the server for ready.
        ready.SetResult(ServiceMap.Build(engine, options.ExplainsLists));
    }

    public async ValueTask DisposeAsync()
    {
        if (page is not null)
        {
            await page.DisposeAsync().ConfigureAwait(false);
        }

        if (server is not null)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await server.StopAsync(patience.Token).ConfigureAwait(false);
            server.Dispose();
        }

        engine?.Dispose();
        databaseLock?.Dispose();
    }

    private EngineCore CreateEngine()
    {
        var store = new SqliteStore(options.DatabaseFile, options.Pragmas);
        var clock = new VirtualClock(TimeProvider.System);
        var skipper = new TimeSkipper(clock, options.CanSkipTime);
        var timers = new TimerQueue(clock, skipper);
        skipper.Attach(timers, startLocked: !options.SkipsAtOnce);
        return new EngineCore(store, new StoreWriter(store, fatal), clock, timers, skipper, options.Limits, log);
    }

    /// <summary>A server that was just ended may still hold the port for a moment.</summary>
    private async Task BindAsync(int port, string advice, Func<Task> bind)
    {
        var until = Environment.TickCount64 + (long)PredecessorPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                await bind().ConfigureAwait(false);
                return;
            }
            catch (IOException e) when (e.InnerException is AddressInUseException)
            {
                if (Environment.TickCount64 >= until)
                {
                    throw new PortInUseException($"Port {port} on {options.Address} is in use: {advice}.", e);
                }

                await Task.Delay(BindPause).ConfigureAwait(false);
            }
        }
    }

    private static KestrelServer Create(IPEndPoint endpoint)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100_000;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 16 * 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 8 * 1024 * 1024;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
        kestrel.Listen(endpoint, static listen => listen.Protocols = HttpProtocols.Http2);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions { Backlog = 1024 }), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
    }
}
