using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

internal sealed partial class WorkflowRun
{
    private readonly Dictionary<long, TimerOperation> timersByEvent = [];
    private long timerSeq;

    public Task DelayAsync(DelayOptions delayOptions) =>
        Outbound.DelayAsync(new(delayOptions.Delay, delayOptions.CancellationToken, delayOptions.Summary));

    internal Task StartTimer(DelayAsyncInput input)
    {
        var token = input.CancellationToken ?? CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        var delay = input.Delay;
        if (delay == Timeout.InfiniteTimeSpan)
        {
            return QueueTask(async () =>
            {
                var never = new TaskCompletionSource();
                using var registration = token.Register(() => never.TrySetCanceled(token));
                await never.Task;
            });
        }

        if (delay < TimeSpan.Zero)
        {
            throw new ArgumentException("Delay duration cannot be less than 0");
        }

        if (delay == TimeSpan.Zero)
        {
            delay = TimeSpan.FromMilliseconds(1);
        }

        var timer = new TimerOperation((++timerSeq).ToString(CultureInfo.InvariantCulture));
        timer.Command = new(
            new()
            {
                CommandType = CommandType.StartTimer,
                StartTimerCommandAttributes = new() { TimerId = timer.Id, StartToFireTimeout = Duration.FromTimeSpan(delay) },
                UserMetadata = input.Summary == null ? null : new() { Summary = PayloadConverter.ToPayload(input.Summary) },
            },
            EventType.TimerStarted,
            $"StartTimer (timer {timer.Id})")
        {
            OnEvent = e => timersByEvent[e.EventId] = timer,
        };
        commands.Add(timer.Command);
        return QueueTask(async () =>
        {
            using var registration = token.Register(() => CancelTimer(timer, token));
            await timer.Fired.Task;
        });
    }

    private void CancelTimer(TimerOperation timer, CancellationToken token)
    {
        if (!timer.Fired.TrySetCanceled(token) || commands.TryDrop(timer.Command!))
        {
            return;
        }

        commands.Add(new(
            new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = timer.Id } },
            EventType.TimerCanceled,
            $"CancelTimer (timer {timer.Id})"));
    }

    private sealed class TimerOperation(string id)
    {
        internal string Id { get; } = id;

        internal TaskCompletionSource Fired { get; } = new();

        internal PendingCommand? Command { get; set; }
    }
}
