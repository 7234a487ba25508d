using System.Net;
using Dualstack.Activities;
using Dualstack.Activities.Observer;
using Dualstack.Gardener.Access;
using Dualstack.Gardener.Garden;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Health;
using Dualstack.Worker.Running;
using Dualstack.Worker.Telemetry;
using Dualstack.Worker.Temporal;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Temporalio.Client;

namespace Dualstack.Worker;

/// <summary>Builds the worker: Temporal workers, observer, telemetry and health endpoints in one host.</summary>
public static class WorkerHost
{
    private static readonly TimeSpan ShutdownReserve = TimeSpan.FromSeconds(10);

    /// <summary>Builds a host that is not started yet.</summary>
    /// <param name="args">Command-line options, see <c>--help</c>.</param>
    /// <param name="configure">Changes services before the host is built, for those who host the worker themselves; null for no change.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    /// <exception cref="GardenAccessException">There is no usable kubeconfig, or it has no such context.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WorkerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        AddConfiguration(builder.Configuration, WorkerArguments.Parse(args));
        var settings = WorkerSettings.Read(builder.Configuration);
        AddLogging(builder.Logging, builder.Configuration);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, settings.Health.Port));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Limits.GracefulShutdown + ShutdownReserve);
        builder.Services.AddWorkerTelemetry();
        AddTemporal(builder.Services, settings);
        AddGarden(builder.Services, settings);
        AddWorker(builder.Services, settings);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapHealth();
        // What cannot be used will not mend itself, so it is told now.
        app.Services.GetRequiredService<GardenConnection>();
        app.Services.GetRequiredService<ITemporalClient>();
        TelemetryServices.Build(() => (app.Services.GetService<TracerProvider>(), app.Services.GetService<MeterProvider>()));
        return app;
    }

    internal static WorkerSettings ReadSettings(WorkerArguments arguments)
    {
        using var configuration = new ConfigurationManager();
        AddConfiguration(configuration, arguments);
        return WorkerSettings.Read(configuration);
    }

    private static void AddConfiguration(ConfigurationManager configuration, WorkerArguments arguments)
    {
        AddFile(configuration, Path.Combine(AppContext.BaseDirectory, "worker.appsettings.json"));
        AddFile(configuration, Path.Combine(Environment.CurrentDirectory, "appsettings.json"));
        configuration.AddEnvironmentVariables("DUALSTACK_");
        configuration.AddInMemoryCollection(GardenEnvironment.Read(Environment.GetEnvironmentVariable));
        configuration.AddInMemoryCollection(TelemetryServices.ReadVariables());
        configuration.AddInMemoryCollection(TemporalEnvironment.Read(Environment.GetEnvironmentVariable));
        configuration.AddInMemoryCollection(arguments.Settings);
    }

    private static void AddFile(ConfigurationManager configuration, string path)
    {
        try
        {
            configuration.AddJsonFile(path, optional: true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The settings in {path} cannot be read: {e.GetBaseException().Message.TrimEnd('.')}.", e);
        }
    }

    private static void AddLogging(ILoggingBuilder logging, ConfigurationManager configuration)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName ??= Console.IsErrorRedirected ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        });
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.UseUtcTimestamp = true;
        });
        logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
    }

    private static void AddTemporal(IServiceCollection services, WorkerSettings settings)
    {
        services.AddTemporalClient(settings.Temporal.Address, settings.Temporal.Namespace)
            .Configure<ILoggerFactory>((options, loggers) => TemporalConnections.Configure(options, settings.Temporal, loggers));
        services.AddSingleton<TemporalHealth>();
    }

    private static void AddGarden(IServiceCollection services, WorkerSettings settings)
    {
        services.AddSingleton(provider => GardenConnection.Open(
            new GardenConnectionOptions
            {
                KubeconfigPath = settings.Garden.Kubeconfig,
                Context = settings.Garden.Context,
                RequestsPerSecond = settings.Garden.RequestsPerSecond,
                Burst = Math.Max(1, 2 * settings.Garden.RequestsPerSecond),
            },
            provider.GetRequiredService<ILogger<GardenConnection>>()));
        services.AddSingleton<IGarden>(provider => new GardenClient(provider.GetRequiredService<GardenConnection>().Kubernetes));
        services.AddSingleton(provider => new ShootAccess(
            provider.GetRequiredService<GardenConnection>().Kubernetes,
            new ShootAccessOptions(),
            provider.GetRequiredService<ILogger<ShootAccess>>()));
        services.AddSingleton<ClusterLook>();
        services.AddSingleton(new ObserverPace());
        services.AddSingleton(provider => new ObserverScope(settings.Garden.Namespaces, provider.GetRequiredService<GardenConnection>().Namespace));
        services.AddSingleton<ShootWriter>();
    }

    private static void AddWorker(IServiceCollection services, WorkerSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Garden);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<WorkerState>();
        services.AddSingleton<GardenIdentity>();
        services.AddSingleton<ObserverKeeper>();
        foreach (var type in WorkerTypes.Activities)
        {
            services.AddSingleton(type);
        }

        services.AddHostedService<WorkerService>();
    }
}
