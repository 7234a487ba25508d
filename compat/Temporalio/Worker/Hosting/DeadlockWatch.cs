using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>Notices workflow code that does not give its thread back.</summary>
internal sealed class DeadlockWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Timer? timer;
    private readonly Func<WorkflowRun?> run;
    private readonly Action onDeadlock;
    private long seenProgress = -1;
    private int unchanged;
    private int state;

    internal DeadlockWatch(Func<WorkflowRun?> run, bool enabled, Action onDeadlock)
    {
        this.run = run;
        this.onDeadlock = onDeadlock;
        if (enabled)
        {
            timer = new(_ => Check(), null, Interval, Interval);
        }
    }

    internal bool IsDeadlocked => Volatile.Read(ref state) == 1;

    /// <summary>Ends the watch; false when the deadlock was already reported.</summary>
    internal bool TryFinish() => Interlocked.CompareExchange(ref state, 2, 0) == 0;

    public void Dispose() => timer?.Dispose();

    private void Check()
    {
        // Only one and the same piece of workflow code, running all that time, counts.
        var progress = run()?.RunningTask ?? -1;
        if (progress < 0 || progress != seenProgress)
        {
            seenProgress = progress;
            unchanged = 0;
            return;
        }

        // Two intervals without progress: the two seconds that workflow code may take.
        if (++unchanged >= 2 && Interlocked.CompareExchange(ref state, 1, 0) == 0)
        {
            onDeadlock();
        }
    }
}
