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

    /// <summary>Starts work on the thread pool.</summary>
    internal void Start(Func<Task> work)
    {
        lock (gate)
        {
            count++;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                lock (gate)
                {
                    if (--count == 0)
                    {
                        idle?.TrySetResult();
                        idle = null;
                    }
                }
            }
        });
    }
}
