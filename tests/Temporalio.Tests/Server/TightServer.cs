namespace Dualstack.Temporalio.Tests.Server;

/// <summary>A server with low limits, set by the real server's names for them.</summary>
public sealed class TightServer : IAsyncLifetime
{
    public const int Blob = 1000;
    public const int Memo = 600;
    public const int Id = 60;
    public const int HistoryBytes = 20_000;
    public const int Pending = 2;
    public const int Signals = 3;
    public const int UpdatesInFlight = 2;
    public const int UpdatesTotal = 3;

    public DevServerProcess Server { get; } = new(Settings(
        ("limit.blobSize.error", Blob),
        ("limit.memoSize.error", Memo),
        ("limit.maxIDLength", Id),
        ("limit.historySize.error", HistoryBytes),
        ("limit.numPendingActivities.error", Pending),
        ("limit.numPendingChildExecutions.error", Pending),
        ("limit.numPendingSignals.error", Pending),
        ("limit.numPendingCancelRequests.error", Pending),
        ("history.maximumSignalsPerExecution", Signals),
        ("history.maxInFlightUpdates", UpdatesInFlight),
        ("history.maxTotalUpdates", UpdatesTotal),
        ("history.hostLevelCacheMaxSize", 4)));

    public Task InitializeAsync() => Server.InitializeAsync();

    public Task DisposeAsync() => Server.DisposeAsync();

    private static IEnumerable<string> Settings(params (string Key, int Value)[] settings) =>
        settings.SelectMany(setting => new[] { "--dynamic-config-value", $"{setting.Key}={setting.Value}" });
}
