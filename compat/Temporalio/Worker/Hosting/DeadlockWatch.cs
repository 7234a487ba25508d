using Temporalio.Worker.Engine;

namespace Temporalio.Worker.Hosting;

/// <summary>Notices workflow code that does not give its thread back.</summary>
internal sealed class DeadlockWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Timer? timer;
    private readonly Func<WorkflowRun?> run;
    private readonly Action onDeadlock;
    private long seenActivation = -1;
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

    /// <summary>Ends the watch, if it has not ended yet; false when it has reported a deadlock.</summary>
    internal bool TryFinish() => Interlocked.CompareExchange(ref state, 2, 0) != 1;

    public void Dispose() => timer?.Dispose();

    private void Check()
    {
        // Only one and the same activation, running all that time, counts: a long history is many of them.
        var activation = run()?.RunningActivation ?? -1;
        if (activation < 0 || activation != seenActivation)
        {
            seenActivation = activation;
            unchanged = 0;
            return;
        }

        // Two whole intervals: the two seconds that workflow code may take.
        if (++unchanged >= 2 && Interlocked.CompareExchange(ref state, 1, 0) == 0)
        {
            onDeadlock();
        }
    }
}
