using System.Net;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Health.V1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Transport;
using Temporalio.Exceptions;

namespace Temporalio.Client;

#pragma warning disable CA1001 // The official connection cannot be disposed of; it lives as long as the process.
public sealed class TemporalConnection : ITemporalConnection
#pragma warning restore CA1001
{
    private readonly Lazy<GrpcChannel> channel;
    private readonly ILogger logger;
    private readonly SemaphoreSlim connecting = new(1, 1);
    private IReadOnlyCollection<KeyValuePair<string, string>> rpcMetadata;
    private IReadOnlyCollection<KeyValuePair<string, byte[]>> rpcBinaryMetadata;
    private string? apiKey;

    private TemporalConnection(TemporalConnectionOptions options)
    {
        Options = (TemporalConnectionOptions)options.Clone();
        Options.Identity ??= $"{Environment.ProcessId}@{Dns.GetHostName()}";
        rpcMetadata = GrpcMetadata.CheckedText(Options.RpcMetadata ?? []);
        rpcBinaryMetadata = GrpcMetadata.CheckedBinary(Options.RpcBinaryMetadata ?? []);
        apiKey = Options.ApiKey;
        channel = new(() => new GrpcChannel(Options));
        logger = ((options as TemporalClientConnectOptions)?.LoggerFactory ?? NullLoggerFactory.Instance)
            .CreateLogger<TemporalConnection>();
        WorkflowService = new ConnectionServices.Workflow(this);
        OperatorService = new ConnectionServices.Operator(this);
        TestService = new ConnectionServices.Test(this);
    }

    public IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata
    {
        get => rpcMetadata;
        set
        {
            RequireConnected("RPC metadata");
            rpcMetadata = GrpcMetadata.CheckedText(value);
        }
    }

    public IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata
    {
        get => rpcBinaryMetadata;
        set
        {
            RequireConnected("RPC metadata");
            rpcBinaryMetadata = GrpcMetadata.CheckedBinary(value);
        }
    }

    public string? ApiKey
    {
        get => apiKey;
        set
        {
            RequireConnected("API key");
            apiKey = value;
        }
    }

    public WorkflowService WorkflowService { get; }

    public OperatorService OperatorService { get; }

    public TestService TestService { get; }

    public TemporalConnectionOptions Options { get; }

    public bool IsConnected { get; private set; }

    // There is no native client under the stand-in.
    public SafeHandle? BridgeClient => null;

    /// <summary>What the server said it can do when it was connected to; empty before, and for servers that do not say.</summary>
    internal GetSystemInfoResponse SystemInfo { get; private set; } = new();

    public static async Task<TemporalConnection> ConnectAsync(TemporalConnectionOptions options)
    {
        var connection = new TemporalConnection(options);
        await connection.ConnectAsync();
        return connection;
    }

    public static TemporalConnection CreateLazy(TemporalConnectionOptions options) => new(options);

    public async Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null)
    {
        var request = new HealthCheckRequest { Service = (service ?? WorkflowService).FullName };
        var response = await InvokeAsync("grpc.health.v1.Health", "Check", request, HealthCheckResponse.Parser, options);
        return response.Status == HealthCheckResponse.Types.ServingStatus.Serving;
    }

    public Task ConnectAsync() => ConnectAsync(CancellationToken.None);

    /// <summary>Ends the connection; later calls fail. For servers that end before the process does.</summary>
    internal void Close() => channel.Value.Close();

    internal async Task<T> InvokeAsync<T>(
        string service, string rpc, IMessage request, MessageParser<T> parser, RpcOptions? options)
        where T : IMessage<T>
    {
        if (!IsConnected)
        {
            await ConnectAsync(options?.CancellationToken ?? CancellationToken.None);
        }

        return await channel.Value.InvokeAsync(new GrpcCall(service, rpc, request), parser, this, options);
    }

    private void RequireConnected(string what)
    {
        if (!IsConnected)
        {
            throw new InvalidOperationException($"Cannot set {what} if client never connected");
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await connecting.WaitAsync(cancellationToken);
        try
        {
            if (IsConnected)
            {
                return;
            }

            try
            {
                SystemInfo = await GetSystemInfoAsync(cancellationToken);
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.Unavailable)
            {
                throw new InvalidOperationException($"Connection failed: {Options.TargetHost}: {e.Message}", e);
            }
            catch (RpcException e)
            {
                // The native core reports its status as text; who catches it has nothing else to go by.
                throw new InvalidOperationException(
                    $"`get_system_info` call error after connection: Status {{ code: {e.Code}, message: \"{e.Message}\" }}");
            }

            IsConnected = true;
            if (!channel.Value.IsLoopback)
            {
                logger.LogWarning(
                    "Connected to {TargetHost} with a stand-in for the Temporal SDK ({Version}). Build with the official packages for production",
                    Options.TargetHost,
                    GrpcMetadata.ClientVersion);
            }
        }
        finally
        {
            connecting.Release();
        }
    }

    private async Task<GetSystemInfoResponse> GetSystemInfoAsync(CancellationToken cancellationToken)
    {
        var call = new GrpcCall(WorkflowService.FullName, "GetSystemInfo", new GetSystemInfoRequest());
        while (true)
        {
            try
            {
                return await channel.Value.InvokeAsync(
                    call, GetSystemInfoResponse.Parser, this, new() { CancellationToken = cancellationToken });
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.Unimplemented)
            {
                if (!channel.Value.DropCompressionIfRefused(e.Message))
                {
                    // Old servers do not know the call.
                    return new();
                }
            }
        }
    }
}
