using Google.Protobuf;
using Temporalio.Activities;

namespace Temporalio.Worker.Hosting;

/// <summary>An activity attempt on this worker, and the one cancellation that it may get.</summary>
internal sealed class RunningActivity(ByteString taskToken, ActivityInfo info) : IDisposable
{
    private readonly Lock gate = new();
    private bool ended;

    internal ByteString TaskToken { get; } = taskToken;

    internal ActivityInfo Info { get; } = info;

    internal CancellationTokenSource Cancellation { get; } = new();

    internal ActivityExecutionContext? Context { get; set; }

    internal void Cancel(ActivityCancelReason reason, ActivityCancellationDetails details)
    {
        lock (gate)
        {
            if (ended || Context == null || Context.CancelReason != ActivityCancelReason.None)
            {
                return;
            }

            Context.CancellationDetails = details;
            Context.CancelReason = reason;
        }

        // Not on the caller's thread: activity code may do anything in its callbacks.
        _ = Cancellation.CancelAsync();
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
        }
    }
}
