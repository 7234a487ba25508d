namespace Temporalio.Workflows;

public class Semaphore
{
    private readonly LinkedList<object> waiters = new();

    public Semaphore(int initialCount)
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException("Cannot use workflow semaphore outside of workflow");
        }

        Max = initialCount;
        CurrentCount = initialCount;
    }

    public int Max { get; init; }

    public int CurrentCount { get; private set; }

    public Task WaitAsync(CancellationToken? cancellationToken = null) => WaitCoreAsync(null, cancellationToken);

    public Task<bool> WaitAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        WaitAsync(TimeSpan.FromMilliseconds(millisecondsTimeout), cancellationToken);

    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        WaitCoreAsync(timeout == Timeout.InfiniteTimeSpan ? null : timeout, cancellationToken);

    public void Release()
    {
        if (CurrentCount >= Max)
        {
            throw new InvalidOperationException("More released than successfully waited");
        }

        CurrentCount++;
    }

    private Task<bool> WaitCoreAsync(TimeSpan? timeout, CancellationToken? cancellationToken)
    {
        if (timeout < TimeSpan.Zero)
        {
            throw new ArgumentException("Timeout cannot be less than zero (except -1ms for infinite)");
        }

        // As in the official package who comes by while there is room goes first, whoever waits and even if cancelled.
        if (CurrentCount > 0)
        {
            CurrentCount--;
            return Task.FromResult(true);
        }

        return timeout == TimeSpan.Zero && cancellationToken == null ? Task.FromResult(false) : QueueAsync(timeout, cancellationToken);
    }

    private async Task<bool> QueueAsync(TimeSpan? timeout, CancellationToken? cancellationToken)
    {
        var waiter = waiters.AddLast(new object());
        try
        {
            var granted = false;
            bool TryTake()
            {
                if (!granted && CurrentCount > 0 && waiters.First == waiter)
                {
                    CurrentCount--;
                    granted = true;
                    waiters.Remove(waiter);
                }

                return granted;
            }

            try
            {
                return await Workflow.WaitConditionWithOptionsAsync(new(TryTake, timeout, null, cancellationToken)) || granted;
            }
            catch (OperationCanceledException) when (granted)
            {
                return true;
            }
        }
        finally
        {
            if (waiter.List != null)
            {
                waiters.Remove(waiter);
            }
        }
    }
}
