using Dualstack.Activities.Observer;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Workflows;
using Dualstack.Workflows.Activities;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Activities;

/// <summary>Observes a garden for the migrations that wait.</summary>
/// <param name="garden">The garden of this worker.</param>
/// <param name="scope">Which part of it to observe; what the input says to that is from an earlier worker.</param>
/// <param name="pace">How it paces itself.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told about breaks and lost signals.</param>
public sealed class ObserverActivities(
    IGarden garden, ObserverScope scope, ObserverPace pace, TimeProvider time, ILogger<ObserverActivities> logger) : IObserverActivities
{
    /// <inheritdoc/>
    [Activity]
    public async Task<ObserveGardenInput> ObserveGardenAsync(ObserveGardenInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = ActivityExecutionContext.Current;
        var position = context.Info.HeartbeatDetails.Count > 0 ? await context.Info.HeartbeatDetailAtAsync<ObserveGardenInput>(0) : input;
        // A worker that stops hands the observation over at once instead of holding up its own end.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, context.WorkerShutdownToken);
        try
        {
            position = position with { Namespaces = await scope.ResolveAsync(garden, stop.Token) };
            logger.LogInformation(
                "Observing {Scope} of garden {Garden}",
                position.Namespaces.Count == 0 ? "all namespaces" : $"only {string.Join(", ", position.Namespaces)}",
                position.Garden);
            await new GardenObserver(garden, pace, time, logger).ObserveAsync(
                position,
                (shoot, told, cancellationToken) => SignalAsync(context.TemporalClient, shoot, told, cancellationToken),
                moved => context.Heartbeat(position = moved),
                stop.Token);
            return position;
        }
        catch (OperationCanceledException) when (context.CancelReason == ActivityCancelReason.CancelRequested)
        {
            return position;
        }
        catch (OperationCanceledException) when (context.WorkerShutdownToken.IsCancellationRequested)
        {
            throw new ApplicationFailureException("The worker stops; another one goes on.", errorType: ErrorTypes.GardenUnreachable, category: ApplicationErrorCategory.Benign);
        }
        catch (GardenException exception)
        {
            // Observing outlives missing rights and wrong kubeconfigs: the next attempt may find them mended.
            var failure = ActivityFailures.From(exception);
            throw new ApplicationFailureException(
                failure.Message, errorType: failure.ErrorType, nextRetryDelay: ErrorTypes.NonRetryable.Contains(failure.ErrorType!) ? pace.Mending : exception.RetryAfter);
        }
    }

    private async Task SignalAsync(ITemporalClient client, ShootKey shoot, ShootObserved told, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetWorkflowHandle(shoot.WorkflowId()).SignalAsync(
                MessageNames.ShootObserved, [told], new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
        }
        catch (RpcException exception) when (exception.Code == RpcException.StatusCode.NotFound)
        {
            // No migration is open for the shoot: it has ended, and its marks go next, or somebody else set them.
        }
        catch (RpcException exception) when (exception.Code is RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.FailedPrecondition)
        {
            // It would not be taken the next time either; the others must not wait for it, and the migration looks by itself in time.
            logger.LogError("Temporal refuses the news of shoot {Shoot}: {Reason}", shoot, exception.Message);
        }
    }
}
