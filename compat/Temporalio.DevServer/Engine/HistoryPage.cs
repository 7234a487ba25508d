namespace Temporalio.DevServer.Engine;

/// <summary>A slice of a history that fits into one message.</summary>
internal static class HistoryPage
{
    private const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Adds events from <paramref name="fromId"/> on; returns the id of the first one that did not fit, or the one after the last.</summary>
    public static long Fill(History page, List<HistoryEvent> events, long fromId, int maxEvents)
    {
        var size = 0L;
        var id = fromId;
        while (id <= events.Count && page.Events.Count < maxEvents)
        {
            var item = events[(int)id - 1];
            size += item.CalculateSize();
            if (size > MaxBytes && page.Events.Count > 0)
            {
                break;
            }

            page.Events.Add(item);
            id++;
        }

        return id;
    }
}
