namespace Dualstack.GardenSimulator.Http;

/// <summary>Says when a watch owes its client a bookmark, however often it is woken in between.</summary>
internal sealed class PeriodicBookmark(TimeSpan every, TimeProvider time)
{
    private long last = time.GetTimestamp();

    /// <summary>Waits for a change, or until a bookmark is due.</summary>
    /// <param name="changed">Ends with the change.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>Whether a bookmark is due.</returns>
    public async Task<bool> DueAsync(Task changed, CancellationToken cancellationToken)
    {
        var left = every - time.GetElapsedTime(last);
        if (left > TimeSpan.Zero)
        {
            try
            {
                await changed.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The bookmark is due.
            }
        }

        if (time.GetElapsedTime(last) < every)
        {
            return false;
        }

        last = time.GetTimestamp();
        return true;
    }
}
