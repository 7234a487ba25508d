namespace Temporalio.DevServer.Hosting;

/// <summary>The limits of the real service, some of them settable by its dynamic configuration names.</summary>
internal sealed class ServerLimits
{
    public int SuggestContinueAsNewEvents { get; private set; } = 4096;

    public long SuggestContinueAsNewBytes { get; private set; } = 4 * 1024 * 1024;

    public int HistoryEvents { get; private set; } = 51_200;

    public long HistoryBytes { get; private set; } = 50L * 1024 * 1024;

    public int IdLength { get; private set; } = 1000;

    public int BlobBytes { get; private set; } = 2 * 1024 * 1024;

    public int MemoBytes { get; private set; } = 2 * 1024 * 1024;

    public int PendingActivities { get; private set; } = 2000;

    public int PendingChildren { get; private set; } = 2000;

    /// <summary>Signals on their way to other workflows.</summary>
    public int PendingSignals { get; private set; } = 2000;

    /// <summary>Cancel requests on their way to other workflows.</summary>
    public int PendingCancels { get; private set; } = 2000;

    public int Signals { get; private set; } = 10_000;

    public int UpdatesInFlight { get; private set; } = 10;

    public int UpdatesTotal { get; private set; } = 2000;

    /// <summary>Runs in memory; the ones not used for longest leave it beyond that.</summary>
    public int CachedRuns { get; private set; } = 20_000;

    /// <summary>Takes a key of the dynamic configuration; keys that mean nothing here are ignored.</summary>
    public void Set(string key, string value)
    {
        if (!long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            return;
        }

        var small = (int)Math.Clamp(number, 0, int.MaxValue);
        switch (key.ToUpperInvariant())
        {
            case "LIMIT.HISTORYCOUNT.SUGGESTCONTINUEASNEW": SuggestContinueAsNewEvents = small; break;
            case "LIMIT.HISTORYSIZE.SUGGESTCONTINUEASNEW": SuggestContinueAsNewBytes = number; break;
            case "LIMIT.HISTORYCOUNT.ERROR": HistoryEvents = small; break;
            case "LIMIT.HISTORYSIZE.ERROR": HistoryBytes = number; break;
            case "LIMIT.MAXIDLENGTH": IdLength = small; break;
            case "LIMIT.BLOBSIZE.ERROR": BlobBytes = small; break;
            case "LIMIT.MEMOSIZE.ERROR": MemoBytes = small; break;
            case "HISTORY.MAXIMUMSIGNALSPEREXECUTION": Signals = small; break;
            case "HISTORY.MAXINFLIGHTUPDATES": UpdatesInFlight = small; break;
            case "HISTORY.MAXTOTALUPDATES": UpdatesTotal = small; break;
            case "LIMIT.NUMPENDINGACTIVITIES.ERROR": PendingActivities = small; break;
            case "LIMIT.NUMPENDINGCHILDEXECUTIONS.ERROR": PendingChildren = small; break;
            case "LIMIT.NUMPENDINGSIGNALS.ERROR": PendingSignals = small; break;
            case "LIMIT.NUMPENDINGCANCELREQUESTS.ERROR": PendingCancels = small; break;
            case "HISTORY.HOSTLEVELCACHEMAXSIZE": CachedRuns = small; break;
        }
    }
}
