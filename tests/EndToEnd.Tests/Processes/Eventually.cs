namespace Dualstack.EndToEnd.Tests.Processes;

/// <summary>Waits for a condition instead of sleeping.</summary>
public static class Eventually
{
    /// <summary>Asks until the answer satisfies the condition; fails with the last answer when the time is up.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> ask, Func<T, bool> condition, TimeSpan? timeout = null)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        var limit = timeout ?? TimeSpan.FromSeconds(60);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var answer = await ask();
            if (condition(answer))
            {
                return answer;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(deadline) < limit,
                $"The condition did not hold in time; the last answer was: {answer}");
            await tick.WaitForNextTickAsync();
        }
    }
}
