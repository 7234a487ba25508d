using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Writes;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Workflows;

/// <summary>What a migration does: looks and writes.</summary>
public sealed partial class ShootMigrationWorkflow
{
    private string Garden => request.Shoot.Garden;

    private async Task PerformAsync(NextStep step)
    {
        try
        {
            await (step switch
            {
                NextStep.Preflight => PreflightAsync(),
                NextStep.CountNodes => CountNodesAsync(),
                NextStep.Write write => WriteAsync(write),
                _ => LookAsync(),
            });
        }
        catch (ActivityFailureException exception) when (!TemporalException.IsCanceledException(exception))
        {
            TakeFailure(exception);
        }
    }

    private async Task PreflightAsync()
    {
        var input = new PreflightInput(request.Shoot, state.Uid) { LookEvery = request.Settings.LookEvery };
        var report = await ReachAsync(patience => Workflow.ExecuteActivityAsync(
            (IInfrastructureActivities activities) => activities.PreflightAsync(input),
            ReadOptions.For(Garden, $"Look whether {request.Shoot} can be migrated; nothing is written", patience)));
        state = EvidenceChanges.Preflighted(state, request, report, Now);
    }

    private async Task LookAsync()
    {
        var input = new ShootInput(request.Shoot, state.Uid);
        var observation = await ReachAsync(patience => Workflow.ExecuteActivityAsync(
            (IShootActivities activities) => activities.ObserveShootAsync(input), ReadOptions.For(Garden, $"Read {request.Shoot}", patience)));
        state = EvidenceChanges.Saw(state, observation, Now);
    }

    private async Task CountNodesAsync()
    {
        var input = new ShootInput(request.Shoot, state.Uid)
        {
            Pools = ClaimDecision.PoolsAskedAbout(state),
            LookEvery = request.Settings.LookEvery,
        };
        var report = await ReachAsync(patience => Workflow.ExecuteActivityAsync(
            (INodeActivities activities) => activities.ObserveNodesAsync(input),
            ReadOptions.For(Garden, $"Read {request.Shoot} and count its nodes", patience)));
        state = EvidenceChanges.Counted(state, report, Now);
    }

    private async Task WriteAsync(NextStep.Write write)
    {
        var observation = state.Observation!;
        var number = state.Intents + 1;
        var intent = new WriteIntent($"{Workflow.Info.FirstExecutionRunId}-{number}", write.Kind, observation.Uid, observation.Generation)
        {
            DecidedAt = Now,
            RunEndedBefore = observation.LastOperation?.LastUpdateTime,
        };
        // Noted before the write, so that a cancellation knows what may have been written.
        state = state with { Intents = number, PendingIntent = intent, PendingPools = write.Pools };
        var input = new WriteInput(request.Shoot, intent)
        {
            IpFamilies = write.IpFamilies,
            Tasks = write.Tasks,
            Pools = write.Pools,
            NodesConstrained = observation.NodesConstraint is not null,
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        var writing = ReachAsync(
            patience => ExecuteWriteAsync(input, WriteOptions.For(Garden, write.Why, request.Settings.WriteTimeout, patience, stop.Token)), stop.Token);
        await Workflow.WaitConditionAsync(() => writing.IsCompleted || state.Paused is not null, CancellationToken.None);
        if (!writing.IsCompleted)
        {
            stop.Cancel();
        }

        try
        {
            state = EvidenceChanges.Wrote(state, request, await writing, Now);
        }
        catch (Exception exception) when (stop.IsCancellationRequested && !Workflow.CancellationToken.IsCancellationRequested && IsUnanswered(exception))
        {
            state = EvidenceChanges.Stopped(state);
        }
    }

    private static bool IsUnanswered(Exception exception) =>
        TemporalException.IsCanceledException(exception) || (exception is ActivityFailureException failure && !IsFinal(failure));

    private static Task<WriteReceipt> ExecuteWriteAsync(WriteInput input, ActivityOptions options) => input.Intent.Kind switch
    {
        WriteKind.IpFamilies => Workflow.ExecuteActivityAsync((IInfrastructureActivities activities) => activities.UpdateNetworkingAsync(input), options),
        WriteKind.InfrastructureRun => Workflow.ExecuteActivityAsync((IInfrastructureActivities activities) => activities.RequestInfrastructureRunAsync(input), options),
        WriteKind.ControlPlaneRun => Workflow.ExecuteActivityAsync((IControlPlaneActivities activities) => activities.RequestControlPlaneRunAsync(input), options),
        WriteKind.RetryFailedRun => Workflow.ExecuteActivityAsync((IControlPlaneActivities activities) => activities.RetryFailedRunAsync(input), options),
        WriteKind.Rollout => Workflow.ExecuteActivityAsync((INodeActivities activities) => activities.RequestRolloutAsync(input), options),
        WriteKind.NodeCheckRun => Workflow.ExecuteActivityAsync((INodeActivities activities) => activities.RequestNodeCheckAsync(input), options),
        WriteKind.CniRun => Workflow.ExecuteActivityAsync((ICniActivities activities) => activities.ConfigureCniAsync(input), options),
        WriteKind.CoreDnsRun => Workflow.ExecuteActivityAsync((IDnsActivities activities) => activities.RestartCoreDnsAsync(input), options),
        WriteKind.KubeDnsRun => Workflow.ExecuteActivityAsync((IDnsActivities activities) => activities.SwitchKubeDnsAsync(input), options),
        _ => Workflow.ExecuteActivityAsync((IMarkActivities activities) => activities.SetMarksAsync(input), options),
    };

    // A garden that cannot be asked is asked on, which costs no event however long it takes; but a person is told.
    private async Task<T> ReachAsync<T>(Func<TimeSpan?, Task<T>> call, CancellationToken stop = default)
    {
        try
        {
            if (state.Hindered is null)
            {
                try
                {
                    return await call(request.Settings.UnreachableGrace);
                }
                catch (ActivityFailureException exception) when (!TemporalException.IsCanceledException(exception) && !IsFinal(exception) && !stop.IsCancellationRequested)
                {
                    Hinder(exception);
                }
            }

            Publish();
            return await call(null);
        }
        finally
        {
            // What was stopped has not been answered.
            state = stop.IsCancellationRequested ? state : FailureChanges.Reached(state, Now);
        }
    }

    private void Hinder(ActivityFailureException exception)
    {
        var failure = FailureOf(exception);
        state = FailureChanges.Hindered(state, request, failure?.ErrorType, failure?.Message, Now);
    }

    private void TakeFailure(ActivityFailureException exception)
    {
        var failure = FailureOf(exception);
        state = FailureChanges.Failed(state, request, failure?.ErrorType, failure?.Message ?? exception.InnerException?.Message ?? exception.Message, Now);
    }

    private static bool IsFinal(ActivityFailureException exception) => ErrorTypeOf(exception) is { } type && ErrorTypes.Final.Contains(type);

    private static string? ErrorTypeOf(ActivityFailureException exception) => FailureOf(exception)?.ErrorType;

    // A timeout carries the failure of the attempt before it, if there was one.
    private static ApplicationFailureException? FailureOf(ActivityFailureException exception) =>
        exception.InnerException as ApplicationFailureException ?? exception.InnerException?.InnerException as ApplicationFailureException;
}
