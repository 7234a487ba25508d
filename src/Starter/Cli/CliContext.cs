using System.CommandLine;
using Dualstack.Gardener.Access;
using Dualstack.Starter.Output;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Telemetry;
using Dualstack.Worker.Temporal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Temporalio.Client;

namespace Dualstack.Starter.Cli;

/// <summary>What a command works with: its options, its output, and ways to Temporal and the garden.</summary>
internal sealed class CliContext(ParseResult parsed, IOutput output) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private TracerProvider? tracing;
    private TemporalSettings? temporal;
    private ILoggerFactory? loggers;

    public ParseResult Parsed { get; } = parsed;

    public IOutput Output { get; } = output;

    public TimeProvider Time { get; } = TimeProvider.System;

    public bool Verbose => Parsed.GetValue(CliOptions.Verbose);

    public string? Garden => Parsed.GetValue(CliOptions.Garden) ?? NotEmpty(Environment.GetEnvironmentVariable("DUALSTACK_GARDEN"));

    public TemporalSettings Temporal => temporal ??= ReadTemporal();

    public ILoggerFactory Loggers => loggers ??= LoggerFactory.Create(logging => logging
        .SetMinimumLevel(Verbose ? LogLevel.Information : LogLevel.Warning)
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    public async Task<ITemporalClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var options = new TemporalClientConnectOptions();
        TemporalConnections.Configure(options, Temporal, Loggers);
        tracing ??= StartTracing();
        try
        {
            return await TemporalClient.ConnectAsync(options).WaitAsync(ConnectTimeout, cancellationToken);
        }
        catch (Exception e) when (TemporalRefusal.Of(e) is { } refusal)
        {
            throw new CliException(ExitCode.RightsMissing, refusal.Sentence(Temporal), e);
        }
        catch (Exception e) when (e is not OperationCanceledException and not ConfigurationException)
        {
            var why = e is TimeoutException ? $"no answer within {ConnectTimeout.TotalSeconds} s" : e.Message.TrimEnd('.');
            throw new CliException(
                ExitCode.Error,
                $"Temporal at {Temporal.Address} cannot be reached ({why}); start one with \"dualstack dev\", or name another with --address.",
                e);
        }
    }

    public GardenConnection OpenGarden() => GardenConnection.Open(
        new GardenConnectionOptions
        {
            KubeconfigPath = Parsed.GetValue(CliOptions.Kubeconfig),
            Context = Parsed.GetValue(CliOptions.Context),
            ReadRetries = 1,
            RequestTimeout = TimeSpan.FromSeconds(15),
            ConnectTimeout = ConnectTimeout,
            Interactive = !Console.IsInputRedirected,
        },
        Loggers.CreateLogger<GardenConnection>());

    public void Dispose()
    {
        tracing?.Dispose();
        loggers?.Dispose();
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static TracerProvider? StartTracing() => TelemetryServices.IsExporting()
        ? TelemetryServices.Build(() => Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddProduct("dualstack"))
            .AddSource(TelemetryServices.TraceSources)
            .AddOtlpExporter()
            .Build())
        : null;

    private TemporalSettings ReadTemporal()
    {
        var flags = new Dictionary<string, string?>();
        if (Parsed.GetValue(CliOptions.Address) is { } address)
        {
            flags[$"{TemporalSettings.Section}:{nameof(TemporalSettings.Address)}"] = address;
        }

        if (Parsed.GetValue(CliOptions.Namespace) is { } name)
        {
            flags[$"{TemporalSettings.Section}:{nameof(TemporalSettings.Namespace)}"] = name;
        }

        return TemporalSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(TemporalEnvironment.Read(Environment.GetEnvironmentVariable))
            .AddInMemoryCollection(flags)
            .Build());
    }
}
