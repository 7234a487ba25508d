namespace Temporalio.Workflows;

public class Mutex
{
    private readonly Semaphore semaphore = new(1);

    public Task WaitOneAsync(CancellationToken? cancellationToken = null) => semaphore.WaitAsync(cancellationToken);

    public Task<bool> WaitOneAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        semaphore.WaitAsync(millisecondsTimeout, cancellationToken);

    public Task<bool> WaitOneAsync(TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        semaphore.WaitAsync(timeout, cancellationToken);

    public void ReleaseMutex() => semaphore.Release();
}
