using System.Globalization;
using Dualstack.EndToEnd.Tests.Processes;
using Dualstack.Workflows;
using Temporalio.Client;

namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary><c>dualstack dev</c> and a worker as processes of their own, on free loopback ports and with data in a folder of their own.</summary>
public sealed class Installation : IAsyncDisposable
{
    public const string GardenName = "sim";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private readonly InstallationOptions options;
    private readonly string directory = Directory.CreateTempSubdirectory("dualstack-e2e-").FullName;
    private readonly IReadOnlyList<int> ports = Ports.Free(4);
    private readonly BlackHoleProxy? proxy;
    private readonly List<ManagedProcess> past = [];
    private ManagedProcess? dev;
    private ManagedProcess? worker;
    private GardenAdmin? garden;
    private TemporalClient? temporal;

    private Installation(InstallationOptions options)
    {
        this.options = options;
        proxy = options.Proxy ? new BlackHoleProxy(TemporalPort) : null;
    }

    public int TemporalPort => ports[0];

    public int GardenPort => ports[1];

    /// <summary>Where the worker tells its health.</summary>
    public Uri Health => new($"http://127.0.0.1:{ports[3]}/");

    public string TemporalAddress => $"127.0.0.1:{TemporalPort}";

    public string KubeconfigPath => Path.Combine(directory, "data", "garden.kubeconfig");

    public string DataDirectory => Path.Combine(directory, "data");

    public ManagedProcess Dev => dev!;

    public ManagedProcess Worker => worker!;

    public BlackHoleProxy Proxy => proxy!;

    public GardenAdmin Garden => garden!;

    public ITemporalClient Temporal => temporal!;

    public Cli Cli => new(Environment());

    public static async Task<Installation> StartAsync(InstallationOptions options)
    {
        var site = new Installation(options);
        try
        {
            options.Shoots(Path.Combine(site.directory, "shoots"));
            await site.StartDevAsync();
            if (options.Worker)
            {
                await site.StartWorkerAsync();
            }

            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts <c>dualstack dev</c> with the installation's data and ports, and waits until both servers answer.</summary>
    public async Task StartDevAsync()
    {
        dev = ManagedProcess.Start(
            "dualstack.dll",
            [
                "dev", "--data", DataDirectory, "--shoots", Path.Combine(directory, "shoots"), "--speed", Text(options.Speed),
                "--port", Text(TemporalPort), "--garden-port", Text(GardenPort), "--ui-port", Text(ports[2]),
            ],
            Environment());
        await dev.WaitForLineAsync(KubeconfigPath, TimeSpan.FromSeconds(90));
        garden ??= new GardenAdmin(await File.ReadAllTextAsync(KubeconfigPath));
        await WaitAsync("the garden answers", garden.AnswersAsync, answers => answers);
        temporal ??= await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(TemporalAddress));
        await WaitAsync("Temporal answers", () => temporal.Connection.CheckHealthAsync(), healthy => healthy);
    }

    /// <summary>Starts a worker, the first or another one after one that has ended.</summary>
    public async Task StartWorkerAsync()
    {
        past.AddRange(worker is null ? [] : [worker]);
        worker = ManagedProcess.Start(
            "Dualstack.Worker.dll", ["--health-port", Text(ports[3]), "--Garden:RequestsPerSecond", "0"], Environment(proxy?.Address ?? TemporalAddress));
        await worker.WaitForLineAsync($"takes tasks from {TaskQueues.Workflows}", TimeSpan.FromSeconds(90));
    }

    /// <summary>Ends the worker as a loss of power would.</summary>
    public async Task KillWorkerAsync()
    {
        await Worker.KillAsync();
        past.Add(Worker);
        worker = null;
    }

    /// <summary>Ends <c>dualstack dev</c> as a loss of power would: alone, or with everything that it started.</summary>
    public async Task KillDevAsync(bool tree)
    {
        await (tree ? Dev.KillTreeAsync() : Dev.KillAsync());
        past.Add(Dev);
        dev = null;
        await WaitAsync(
            "nobody holds the ports", () => Task.FromResult(Ports.IsFree(TemporalPort) && Ports.IsFree(GardenPort)), free => free, TimeSpan.FromSeconds(10));
    }

    public WorkflowHandle Migration(string shoot, string @namespace = Shoots.Namespace) =>
        Temporal.GetWorkflowHandle(new ShootKey(GardenName, @namespace, shoot).WorkflowId());

    /// <summary>Starts a migration with the patience of a test.</summary>
    public async Task<WorkflowHandle> MigrateAsync(string shoot, RolloutMode rollout = RolloutMode.Manual, TimeSpan? fallback = null, TimeSpan? writeTimeout = null)
    {
        var key = new ShootKey(GardenName, Shoots.Namespace, shoot);
        return await Temporal.StartWorkflowAsync(
            MessageNames.ShootMigrationWorkflow,
            [new ShootMigrationRequest
            {
                Shoot = key,
                Rollout = rollout,
                RequestedBy = "test",
                Settings = new MigrationSettings
                {
                    LookEvery = TimeSpan.FromMilliseconds(500),
                    GardenerFallback = fallback ?? TimeSpan.FromSeconds(5),
                    WriteTimeout = writeTimeout ?? TimeSpan.FromMinutes(1),
                },
            }],
            new WorkflowOptions(key.WorkflowId(), TaskQueues.Workflows));
    }

    public Task<ShootMigrationStatus> StatusAsync(string shoot) => Migration(shoot).QueryAsync<ShootMigrationStatus>(MessageNames.Status, []);

    /// <summary>Waits until the migration's own answer to the query satisfies the condition.</summary>
    public Task<ShootMigrationStatus> WaitForStatusAsync(string shoot, Func<ShootMigrationStatus, bool> condition, TimeSpan? timeout = null) =>
        WaitAsync($"the status of {shoot}", () => StatusAsync(shoot), condition, timeout);

    /// <summary>Approves the replacement of the nodes as soon as the migration asks for it.</summary>
    public async Task ApproveAsync(string shoot)
    {
        await WaitAsync(
            $"{shoot} asks for the approval",
            async () => (await Migration(shoot).DescribeAsync()).TypedSearchAttributes.TryGetValue(MigrationSearchAttributes.WaitingFor, out var whom) ? whom : null,
            whom => whom == nameof(WaitingFor.Approval),
            Patience);
        await WaitAsync(
            $"{shoot} takes the approval",
            () => Migration(shoot).ExecuteUpdateAsync<OperatorAnswer>(
                MessageNames.Approve, [new OperatorRequest { RequestId = $"approve-{shoot}", By = "test", Reason = "window open" }]),
            _ => true,
            Patience);
    }

    /// <summary>Waits until every node of the shoot has been replaced by one with two pod ranges.</summary>
    public Task NodesAreDualAsync(string shoot) => WaitAsync(
        $"all nodes of {shoot} are dual-site",
        async () => (await Garden.StateAsync(Shoots.Namespace, shoot))["nodes"]!.AsArray()
            .Select(node => node!["podCidrs"]!.AsArray().Count).ToList(),
        nodes => nodes.Count > 0 && nodes.All(ranges => ranges == 2));

    /// <summary>Waits for the migration's end.</summary>
    public async Task<ShootMigrationResult> ResultAsync(string shoot, TimeSpan? timeout = null)
    {
        using var deadline = new CancellationTokenSource(timeout ?? Patience);
        return await WaitAsync(
            $"the end of {shoot}",
            () => Migration(shoot).GetResultAsync<ShootMigrationResult>(rpcOptions: new RpcOptions { CancellationToken = deadline.Token }),
            _ => true,
            timeout ?? Patience);
    }

    /// <summary>Waits for a condition. What cannot be reached is asked again; at the end of the time everything that was printed is shown.</summary>
    public async Task<T> WaitAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> condition, TimeSpan? timeout = null)
    {
        var begin = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        object? last;
        do
        {
            try
            {
                var answer = await ask();
                if (condition(answer))
                {
                    return answer;
                }

                last = answer;
            }
            catch (Exception exception) when (
                exception is (Temporalio.Exceptions.TemporalException and not Temporalio.Exceptions.WorkflowFailedException) or HttpRequestException or IOException or TaskCanceledException or InvalidOperationException)
            {
                last = exception;
            }
        }
        while (TimeProvider.System.GetElapsedTime(begin) < (timeout ?? TimeSpan.FromSeconds(90)) && await tick.WaitForNextTickAsync());

        Assert.Fail($"Not in time: {what}. The last answer was: {last}{Output()}");
        throw new InvalidOperationException(what);
    }

    /// <summary>Fails with everything that was printed unless the condition holds.</summary>
    public void Expect(bool condition, string message) => Assert.True(condition, condition ? null : message + Output());

    public async ValueTask DisposeAsync()
    {
        foreach (var process in past.Append(worker).Append(dev).OfType<ManagedProcess>())
        {
            await process.DisposeAsync();
        }

        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }

        garden?.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Output() => string.Concat(
        from shown in (IEnumerable<(string Name, ManagedProcess? Process)>)[.. past.Select(process => ("earlier", process)), ("dev", dev), ("worker", worker)]
        where shown.Process is not null
        select $"\n--- {shown.Name} ---\n{shown.Process.Output}");

    private Dictionary<string, string?> Environment(string? temporalAddress = null) => new(options.Variables)
    {
        ["TEMPORAL_ADDRESS"] = temporalAddress ?? TemporalAddress,
        ["TEMPORAL_NAMESPACE"] = "default",
        ["TEMPORAL_API_KEY"] = null,
        ["KUBECONFIG"] = KubeconfigPath,
        ["NO_COLOR"] = "1",
    };
}
