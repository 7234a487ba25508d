using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Runtime;
using ServerCapabilities = Temporalio.Api.WorkflowService.V1.GetSystemInfoResponse.Types.Capabilities;

namespace Temporalio.Worker.Hosting;

/// <summary>What the parts of a worker share: its client, its identity and what the server can do.</summary>
internal sealed class WorkerContext(IWorkerClient client, TemporalWorkerOptions options)
{
    private IWorkerClient client = RequireUsable(client);

    internal IWorkerClient Client
    {
        get => client;
        set => client = RequireUsable(value);
    }

    internal ITemporalClient TemporalClient => (ITemporalClient)client;

    internal WorkflowService Service => TemporalClient.Connection.WorkflowService;

    internal TemporalWorkerOptions Options { get; } = options;

    internal string Namespace { get; } = client.Options.Namespace;

    internal string TaskQueue => Options.TaskQueue!;

    internal string Identity { get; } = options.Identity ??
        (client as ITemporalClient)?.Connection.Options.Identity ??
        $"{Environment.ProcessId}@{Environment.MachineName}";

    internal string InstanceKey { get; } = Guid.NewGuid().ToString();

    internal string BuildId { get; } = options.DeploymentOptions?.Version?.BuildId ?? ObsoleteBuildId(options) ?? DefaultBuildId();

    internal ILoggerFactory LoggerFactory { get; } = options.LoggerFactory ?? client.Options.LoggerFactory;

    internal NamespaceInfo.Types.Capabilities NamespaceCapabilities { get; set; } = new();

    internal ServerCapabilities ServerCapabilities =>
        (TemporalClient.Connection as TemporalConnection)?.SystemInfo.Capabilities ?? new();

    internal MetricMeter MetricMeter =>
        (TemporalClient.Connection.Options.Runtime ?? TemporalRuntime.Default).MetricMeter;

    internal WorkerVersionStamp VersionStamp => new() { BuildId = BuildId };

    internal WorkerVersionCapabilities VersionCapabilities => new() { BuildId = BuildId };

    internal Api.Deployment.V1.WorkerDeploymentOptions? Deployment => Options.DeploymentOptions is { Version: { } version } given
        ? new()
        {
            DeploymentName = version.DeploymentName,
            BuildId = version.BuildId,
            WorkerVersioningMode = given.UseWorkerVersioning ? WorkerVersioningMode.Versioned : WorkerVersioningMode.Unversioned,
        }
        : null;

    /// <summary>Makes options for an answer, which is worth repeating while the server cannot be reached.</summary>
    internal static RpcOptions Answer(CancellationToken cancellationToken = default) =>
        new() { Retry = true, CancellationToken = cancellationToken };

    internal static IWorkerClient RequireUsable(IWorkerClient client)
    {
        var temporal = client as ITemporalClient
            ?? throw new NotSupportedException("A worker of this stand-in needs a client that is an ITemporalClient");
        return temporal.Connection.IsConnected
            ? client
            : throw new InvalidOperationException("Cannot use unconnected lazy client for worker");
    }

#pragma warning disable CS0618 // Whoever still uses the obsolete option is still served.
    private static string? ObsoleteBuildId(TemporalWorkerOptions options) => options.BuildId;
#pragma warning restore CS0618

    private static string DefaultBuildId() =>
        System.Reflection.Assembly.GetEntryAssembly()?.ManifestModule.ModuleVersionId.ToString() ?? "unknown";
}
