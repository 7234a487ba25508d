using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace Temporalio.Testing;

public class WorkflowEnvironment : IAsyncDisposable
{
    public WorkflowEnvironment(ITemporalClient client)
    {
        Client = client;
        Logger = client.Options.LoggerFactory.CreateLogger<WorkflowEnvironment>();
    }

    public ITemporalClient Client { get; protected init; }

    public virtual bool SupportsTimeSkipping => false;

    protected ILogger<WorkflowEnvironment> Logger { get; }

    public static async Task<WorkflowEnvironment> StartLocalAsync(WorkflowEnvironmentStartLocalOptions? options = null)
    {
        options = options == null ? new() : (WorkflowEnvironmentStartLocalOptions)options.Clone();
        var dev = options.DevServerOptions;
        ServerStart.RefuseDownloads(dev.ExistingPath, dev.DownloadVersion, dev.DownloadTtl, options.DownloadDirectory);
        var (server, client) = await ServerStart.RunAsync(
            options, dev.ExistingPath, address => ServerStart.LocalArguments(options, address));
        return new ServerEnvironment(client, server);
    }

    public static async Task<WorkflowEnvironment> StartTimeSkippingAsync(WorkflowEnvironmentStartTimeSkippingOptions? options = null)
    {
        options = options == null ? new() : (WorkflowEnvironmentStartTimeSkippingOptions)options.Clone();
        var test = options.TestServer;
        ServerStart.RefuseDownloads(test.ExistingPath, test.DownloadVersion, test.DownloadTtl, options.DownloadDirectory);
        var skipping = new AutoTimeSkipping();
        options.Interceptors = [.. options.Interceptors ?? [], skipping];
        var (server, client) = await ServerStart.RunAsync(
            options, test.ExistingPath, address => ServerStart.TimeSkippingArguments(options, address));
        skipping.Service = client.Connection.TestService;
        return new TimeSkippingEnvironment(client, server, skipping);
    }

    public Task DelayAsync(int millisecondsDelay, CancellationToken? cancellationToken = null) =>
        DelayAsync(TimeSpan.FromMilliseconds(millisecondsDelay), cancellationToken);

    public virtual Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null) =>
        Task.Delay(delay, cancellationToken ?? CancellationToken.None);

    public virtual Task<DateTime> GetCurrentTimeAsync() => Task.FromResult(DateTime.UtcNow);

    public void WithAutoTimeSkippingDisabled(Action func) => WithAutoTimeSkippingDisabled(() =>
    {
        func();
        return default(ValueTuple);
    });

    public T WithAutoTimeSkippingDisabled<T>(Func<T> func) =>
        WithAutoTimeSkippingDisabledAsync(() => Task.FromResult(func())).GetAwaiter().GetResult();

    public Task WithAutoTimeSkippingDisabledAsync(Func<Task> func) => WithAutoTimeSkippingDisabledAsync(async () =>
    {
        await func();
        return default(ValueTuple);
    });

    public virtual Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func) => func();

    public virtual Task ShutdownAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await ShutdownAsync();
    }
}
