namespace Dualstack.Temporalio.Tests.Server;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<T> SucceedsAsync<T>(Func<Task<T>> attempt)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(Pause);
            }
        }
    }

    public static Task<T> HoldsAsync<T>(Func<Task<T>> read, Func<T, bool> condition) => SucceedsAsync(async () =>
    {
        var value = await read();
        return condition(value) ? value : throw new TimeoutException($"Still {value}.");
    });
}
