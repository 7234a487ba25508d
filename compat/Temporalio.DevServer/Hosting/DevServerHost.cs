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
        await BindAsync(cancellationToken).ConfigureAwait(false);
        if (options.DatabaseFile is { } file)
        {
            databaseLock = await DatabaseLock.AcquireAsync(file, PredecessorPatience, cancellationToken).ConfigureAwait(false);
        }

        engine = CreateEngine();
        foreach (var name in options.Namespaces.Where(name => engine.Namespaces.All.All(known => known.NamespaceInfo.Name != name)))
        {
            await engine.Namespaces.AddAsync(name, "", "", options.Retention).ConfigureAwait(false);
        }

        if (options.SearchAttributes.Count > 0)
        {
            await engine.SearchAttributes.AddAsync(options.SearchAttributes).ConfigureAwait(false);
        }

        engine.Recover();
        if (!options.CanSkipTime)
        {
            // A clock that skips would take away what a test has just made.
            new RetentionSweeper(engine).Start();
        }

        engine.Timers.Start();
        ready.SetResult(ServiceMap.Build(engine));
        if (options.UiPort is { } uiPort)
        {
            page = await InspectionHost.StartAsync(engine, options.Address, uiPort, options.Namespaces[^1], cancellationToken).ConfigureAwait(false);
        }
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

    private async Task BindAsync(CancellationToken cancellationToken)
    {
        var application = new GrpcApplication(ready.Task, log);
        var until = Environment.TickCount64 + (long)PredecessorPatience.TotalMilliseconds;
        while (true)
        {
            server = Create(new IPEndPoint(options.Address, options.Port));
            try
            {
                await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (IOException e) when (e.InnerException is AddressInUseException && Environment.TickCount64 < until)
            {
                server.Dispose();
                await Task.Delay(200, cancellationToken).ConfigureAwait(false);
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
