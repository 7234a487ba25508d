using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>
/// Source that compiles against the stand-in must compile against the official packages: nothing public may differ from, or go beyond, the
/// list of the official surface beside this file. The list has the part that such a product may use, not all of it.
/// </summary>
public sealed class OfficialSurfaceTests
{
    private static readonly Dictionary<string, HashSet<string>> Official = ApiText.Parse(Lines());

    // Official, but beyond the list: one method a call of the API, and telemetry.
    private static readonly string[] Unlisted =
    [
        "Temporalio.Client.OperatorService", "Temporalio.Client.TestService", "Temporalio.Client.WorkflowService",
        "Temporalio.Runtime.CustomMetricMeterOptions.DurationFormat", "Temporalio.Runtime.LogForwardingOptions", "Temporalio.Runtime.OpenTelemetryOptions",
        "Temporalio.Runtime.PrometheusOptions", "Temporalio.Runtime.TelemetryFilterOptions", "Temporalio.Runtime.TelemetryFilterOptions.Level",
        "Temporalio.Common.DeterministicRandom: void NextBytes(Span<byte>)", "Temporalio.Worker.Tuning.WorkerTuner: SlotSupplier NexusTaskSlotSupplier",
    ];

    // As compat/README.md says.
    private static readonly string[] Absent =
    [
        "Temporalio.Common.SimplePlugin", "Temporalio.Common.SimplePluginOptions", "Temporalio.Converters.ITemporalTransferTypeConverter",
        "Temporalio.Converters.JsonCommonTypeConverter", "Temporalio.Converters.PayloadValidationError",
        "Temporalio.Converters.TemporalTransferTypeConverterAttribute", "Temporalio.Workflows.SignalWithStartWorkflowOptions",
        "Temporalio.Testing.WorkflowEnvironment: Task<WorkflowEnvironment> CreateFromEnvConfigAsync(ClientEnvConfig.ProfileLoadOptions)",
        "Temporalio.Worker.Tuning.WorkerTuner: WorkerTuner CreateResourceBased(double, double, ResourceBasedSlotSupplierOptions, " +
        "ResourceBasedSlotSupplierOptions, ResourceBasedSlotSupplierOptions, ResourceBasedSlotSupplierOptions)",
        "Temporalio.Extensions.DiagnosticSource.CustomMetricMeter",
        "Microsoft.Extensions.DependencyInjection.TemporalHostingServiceCollectionExtensions: ITemporalWorkerServiceOptionsBuilder " +
        "AddHostedTemporalWorker(IServiceCollection, string, string, string, string)",
        "Microsoft.Extensions.DependencyInjection.TemporalHostingServiceCollectionExtensions: ITemporalWorkerServiceOptionsBuilder " +
        "AddHostedTemporalWorker(IServiceCollection, string, string)",
        "Temporalio.Extensions.Hosting.ITemporalWorkerServiceOptionsBuilder: string BuildId",
        "Temporalio.Extensions.Hosting.TemporalWorkerService: " +
        ".ctor(string, string, IOptionsMonitor<TemporalWorkerServiceOptions>, ITemporalClient, ILoggerFactory)",
        "Temporalio.Extensions.Hosting.TemporalWorkerService: " +
        ".ctor(ValueTuple<string, string>, IOptionsMonitor<TemporalWorkerServiceOptions>, ITemporalClient, ILoggerFactory)",
        "Temporalio.Extensions.Hosting.TemporalWorkerServiceOptionsBuilder: .ctor(string, string, IServiceCollection)",
        "Temporalio.Extensions.Hosting.TemporalWorkerServiceOptionsBuilder: string BuildId",
        "Temporalio.Extensions.OpenTelemetry.TracingInterceptor: IEnumerable<KeyValuePair<string, object>> CreateStandaloneActivityTags(string)",
    ];

    [Fact]
    public void EverythingPublic_IsOfficial()
    {
        var here = StandIn(inherited: false);
        None(here.Keys.Where(name => !Official.ContainsKey(name))
            .Concat(here.Where(type => Official.ContainsKey(type.Key)).SelectMany(type => Of(type.Key, type.Value.Except(Official[type.Key]))))
            .Except(Unlisted));
    }

    [Fact]
    public void EverythingOfficial_IsThereOrKnownToBeAbsent()
    {
        var here = StandIn(inherited: true);
        var missing = Official.Keys.Where(name => !here.ContainsKey(name))
            .Concat(Official.Where(type => here.ContainsKey(type.Key)).SelectMany(type => Of(type.Key, type.Value.Except(here[type.Key])))).ToList();
        None(missing.Except(Absent));
        None(Absent.Except(missing));
    }

    private static IEnumerable<string> Of(string type, IEnumerable<string> members) => members.Select(member => $"{type}: {member}");

    private static void None(IEnumerable<string> differences)
    {
        var list = string.Join('\n', differences);
        Assert.True(list.Length == 0, list);
    }

    private static Dictionary<string, HashSet<string>> StandIn(bool inherited) => ApiOfAssembly.Read(
        [
            typeof(Workflow).Assembly, typeof(global::Temporalio.Extensions.Hosting.TemporalWorkerService).Assembly,
            typeof(global::Temporalio.Extensions.OpenTelemetry.TracingInterceptor).Assembly,
        ],
        inherited);

    private static IEnumerable<string> Lines()
    {
        using var resource = typeof(OfficialSurfaceTests).Assembly.GetManifestResourceStream("Surface.temporalio-1.18.0.txt")!;
        using var reader = new StreamReader(resource);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
