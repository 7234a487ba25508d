namespace Temporalio.Worker.Hosting;

/// <summary>Counts work that is going on, so that shutdown can wait for its end.</summary>
internal sealed class InFlight
{
    private readonly Lock gate = new();
    private TaskCompletionSource? idle;
    private int count;

    internal Task WhenIdle
    {
        get
        {
            lock (gate)
            {
                return count == 0 ? Task.CompletedTask : (idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>
    /// Starts work on the thread pool. It counts, and keeps what <paramref name="release"/> gives back, until it ends or is given up.
    /// </summary>
    internal void Start(Func<Task> work, Action release, Task? givenUp = null)
    {
        lock (gate)
        {
            count++;
        }

        _ = CountAsync(Task.Run(work), release, givenUp);
    }

    private async Task CountAsync(Task work, Action release, Task? givenUp)
    {
        try
        {
            await (givenUp == null ? work : await Task.WhenAny(work, givenUp));
        }
        finally
        {
            release();
            lock (gate)
            {
                if (--count == 0)
                {
                    idle?.TrySetResult();
                    idle = null;
                }
            }
        }
    }
}
