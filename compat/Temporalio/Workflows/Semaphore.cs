namespace Temporalio.Workflows;

public class Semaphore
{
    private readonly LinkedList<object> waiters = new();

    public Semaphore(int initialCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialCount);
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
            throw new InvalidOperationException("The semaphore was released more often than it was entered");
        }

        CurrentCount++;
    }

    private async Task<bool> WaitCoreAsync(TimeSpan? timeout, CancellationToken? cancellationToken)
    {
        var token = cancellationToken ?? Workflow.CancellationToken;
        token.ThrowIfCancellationRequested();
        if (CurrentCount > 0 && waiters.Count == 0)
        {
            CurrentCount--;
            return true;
        }

        if (timeout == TimeSpan.Zero)
        {
            return false;
        }

        // First come, first served.
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
