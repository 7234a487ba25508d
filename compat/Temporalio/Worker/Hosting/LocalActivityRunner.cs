using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Engine;
using Temporalio.Worker.Tuning;
using Temporalio.Workflows;

namespace Temporalio.Worker.Hosting;

/// <summary>Runs local activities, with their retries, inside the worker.</summary>
internal sealed class LocalActivityRunner(WorkerContext context, ActivityInvoker invoker, CancellationToken shutdown)
{
    private static readonly TimeSpan DefaultRetryThreshold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly SemaphoreSlim slots = new(
        context.Options.Tuner?.LocalActivitySlotSupplier is FixedSizeSlotSupplier supplier
            ? supplier.SlotCount
            : context.Options.MaxConcurrentLocalActivities ?? 100);

    internal async Task<LocalActivityResult> RunAsync(LocalActivityOperation operation, WorkflowInfo workflow)
    {
        for (var attempt = operation.Attempt; ; attempt++)
        {
            var (result, failure) = await TakeSlotAndRunAsync(operation, workflow, attempt);
            if (failure == null)
            {
                return new(operation, attempt, result, null, null);
            }

            if (Backoff(operation, failure, attempt) is not { } backoff)
            {
                return new(operation, attempt, null, failure, null);
            }

            if (backoff > (operation.Options.LocalRetryThreshold ?? DefaultRetryThreshold))
            {
                return new(operation, attempt, null, failure, backoff);
            }

            await Task.Delay(backoff, operation.Cancellation.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (operation.Cancellation.IsCancellationRequested)
            {
                return new(operation, attempt, null, Canceled(), null);
            }
        }
    }

    private async Task<(Payload? Result, Failure? Failure)> TakeSlotAndRunAsync(
        LocalActivityOperation operation, WorkflowInfo workflow, int attempt)
    {
        await slots.WaitAsync();
        try
        {
            return LocalActivityLimits.WaitedTooLong(operation)
                ? (null, TimedOut(TimeoutType.ScheduleToStart))
                : await RunAttemptAsync(operation, workflow, attempt);
        }
        catch (Exception e)
        {
            // The workflow waits for an answer, also where the user's converters cannot give one.
            return (null, ActivityAnswers.Unencodable(e));
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<(Payload? Result, Failure? Failure)> RunAttemptAsync(
        LocalActivityOperation operation, WorkflowInfo workflow, int attempt)
    {
        var (limit, kind) = LocalActivityLimits.OfAttempt(operation);
        if (limit <= TimeSpan.Zero)
        {
            return (null, TimedOut(kind));
        }

        var info = ActivityInfos.From(operation, workflow, attempt, context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(operation.Cancellation.Token, shutdown);
        using var timeout = new CancellationTokenSource();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, timeout.Token);
        var execution = invoker.NewContext(info, deadline.Token, shutdown);
        using var onCancel = operation.Cancellation.Token.Register(
            () => Tell(execution, ActivityCancelReason.CancelRequested, new() { IsCancelRequested = true }));
        using var onTimeout = timeout.Token.Register(
            () => Tell(execution, ActivityCancelReason.Timeout, new() { IsTimedOut = true }));
        timeout.CancelAfter(limit < LongestTimer ? limit : LongestTimer);
        try
        {
            // Activity code that ignores its token must not hold the workflow beyond the timeout.
            var result = await invoker.InvokeAsync(execution, operation.Input, operation.Header, _ => { })
                .WaitAsync(deadline.Token);
            return (info.DataConverter.PayloadConverter.ToPayload(result), null);
        }
        catch (Exception e) when (e is OperationCanceledException or CanceledFailureException && deadline.IsCancellationRequested)
        {
            return (null, operation.Cancellation.IsCancellationRequested ? Canceled() : TimedOut(kind));
        }
        catch (Exception e)
        {
            return (null, info.DataConverter.FailureConverter.ToFailure(e, info.DataConverter.PayloadConverter));
        }
    }

    private static void Tell(ActivityExecutionContext execution, ActivityCancelReason reason, ActivityCancellationDetails details)
    {
        execution.CancellationDetails = details;
        execution.CancelReason = reason;
    }

    private static TimeSpan? Backoff(LocalActivityOperation operation, Failure failure, int attempt)
    {
        var policy = operation.Options.RetryPolicy ?? new();
        var application = failure.ApplicationFailureInfo;
        if (failure.CanceledFailureInfo != null ||
            failure.TimeoutFailureInfo is { TimeoutType: not TimeoutType.StartToClose } ||
            application is { NonRetryable: true } ||
            (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts) ||
            policy.NonRetryableErrorTypes?.Any(t => string.Equals(t, application?.Type, StringComparison.OrdinalIgnoreCase)) == true)
        {
            return null;
        }

        var longest = policy.MaximumInterval ?? policy.InitialInterval * 100;
        var wanted = application?.NextRetryDelay.ToSpan() ??
            TimeSpan.FromTicks((long)Math.Min(
                policy.InitialInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempt - 1), longest.Ticks));
        return operation.Options.ScheduleToCloseTimeout is { } total &&
            DateTime.UtcNow + wanted > operation.OriginalScheduleTime + total
                ? null
                : wanted;
    }

    private static Failure TimedOut(TimeoutType kind) =>
        new() { Message = "Activity timed out", TimeoutFailureInfo = new() { TimeoutType = kind } };

    private static Failure Canceled() => new() { Message = "Local activity cancelled", CanceledFailureInfo = new() };
}
