using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Workflows;

/// <summary>How a migration waits: for news, for one activity that looks again and again, and for one timer that is kept across news.</summary>
public sealed partial class ShootMigrationWorkflow
{
    private bool hasMoved;
    private Task? timer;
    private CancellationTokenSource? timerCancellation;
    private BackgroundLook background;
    private CancellationTokenSource? backgroundCancellation;
    private Action? backgroundEnd;

    private async Task WaitAsync(NextStep.Wait wait)
    {
        state = WaitChanges.Waits(state, wait, Now);
        SetTimer(wait);
        Publish();
        ContinueAsNewIfDue();
        StartTimer();
        StartBackground(wait.Background);
        await Workflow.WaitConditionAsync(() => hasNews || backgroundEnd is not null || timer is { IsCompleted: true });
        if (backgroundEnd is { } end)
        {
            backgroundEnd = null;
            background = BackgroundLook.None;
            state = WaitChanges.NewsCame(state);
            end();
        }

        if (timer is { IsCompleted: true })
        {
            timer = null;
            TimerFired(wait);
        }
    }

    // All that is remembered goes along, handlers have run, and the timer is kept by the time at which it fires.
    private void ContinueAsNewIfDue()
    {
        var due = Workflow.ContinueAsNewSuggested || (request.Settings.ContinueAsNewAtEveryWait && hasMoved);
        if (!due || !Workflow.AllHandlersFinished)
        {
            return;
        }

        var next = request with { Carried = state };
        throw Workflow.CreateContinueAsNewException((ShootMigrationWorkflow workflow) => workflow.RunAsync(next));
    }

    private void SetTimer(NextStep.Wait wait)
    {
        // Waits of the same patience share a timer, whatever they wait for.
        var key = wait.Fallback == Timeout.InfiniteTimeSpan ? null : wait.Fallback.ToString();
        if (key == state.WakeFor && (key is null || timer is not null || state.WakeAt > Now))
        {
            return;
        }

        timerCancellation?.Cancel();
        timerCancellation = null;
        timer = null;
        var jitter = key is null ? 0 : Workflow.Random.NextDouble() / 4;
        state = state with { WakeFor = key, WakeAt = key is null ? default : Now + (WaitChanges.Patience(state, wait, request.Settings.LongestFallback) * (1 + jitter)) };
    }

    private void StartTimer()
    {
        if (state.WakeFor is null || timer is not null)
        {
            return;
        }

        timerCancellation = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        timer = Workflow.DelayWithOptionsAsync(new DelayOptions(
            state.WakeAt - Now, Summaries.Fit($"Look again if there is no news. {state.Sentence}"), timerCancellation.Token));
    }

    private void TimerFired(NextStep.Wait wait)
    {
        var quietUntil = state.NewsAt + wait.Fallback;
        state = wait.For is WaitingFor.Gardener or WaitingFor.CoreDns && quietUntil > Now
            ? state with { WakeAt = quietUntil }
            : WaitChanges.TimerFired(state, wait.For);
    }

    private void StartBackground(BackgroundLook look)
    {
        // What still runs from an earlier wait ends by itself; its last count is welcome.
        if (look == BackgroundLook.None || look == background)
        {
            return;
        }

        backgroundCancellation?.Cancel();
        backgroundCancellation = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        background = look;
        _ = LookInBackgroundAsync(look, backgroundCancellation.Token);
    }

    private async Task LookInBackgroundAsync(BackgroundLook look, CancellationToken cancellationToken)
    {
        try
        {
            if (look == BackgroundLook.Gardener)
            {
                var observation = await LookAtGardenerAsync(cancellationToken);
                backgroundEnd = () => state = EvidenceChanges.Rested(state, observation, Now);
                return;
            }

            var report = await LookRepeatedlyAsync(look, cancellationToken);
            backgroundEnd = () => state = look == BackgroundLook.CoreDns
                ? EvidenceChanges.CoreDnsRestarted(state, report, Now)
                : EvidenceChanges.Counted(state, report, Now);
        }
        catch (Exception exception) when (TemporalException.IsCanceledException(exception) && cancellationToken.IsCancellationRequested)
        {
            // Another look has taken its place, or the migration ends.
        }
        catch (ActivityFailureException exception)
        {
            backgroundEnd = ErrorTypeOf(exception) switch
            {
                { } type when ErrorTypes.Final.Contains(type) => () => TakeFailure(exception),
                // The deadline passed while nobody looked, or slept, says nothing about the shoot.
                ErrorTypes.NotYet when exception.InnerException is ApplicationFailureException => () => state = FailureChanges.LookedInVain(state, request, look, Now),
                _ => () => AskOn(exception),
            };
        }
    }

    // The look that follows asks on until the garden answers.
    private void AskOn(ActivityFailureException exception)
    {
        var failure = FailureOf(exception) is { ErrorType: not ErrorTypes.NotYet } said ? said : null;
        state = FailureChanges.Hindered(state, request, failure?.ErrorType, failure?.Message, Now);
        state = state with { LookNeeded = true };
    }

    private Task<NodesReport> LookRepeatedlyAsync(BackgroundLook look, CancellationToken cancellationToken)
    {
        var settings = request.Settings;
        var input = new AwaitInput(request.Shoot, state.Uid, settings.LookEvery)
        {
            GiveUpAfter = settings.UnreachableGrace,
            Pools = look == BackgroundLook.Nodes && state.Rollout is { Step: RolloutStep.Requested or RolloutStep.Taken } rollout ? rollout.Pools : [],
            UnhealthyBefore = look == BackgroundLook.Health ? state.UnhealthyBefore : [],
        };
        return look switch
        {
            BackgroundLook.CoreDns => Workflow.ExecuteActivityAsync(
                (IDnsActivities activities) => activities.AwaitCoreDnsAsync(input),
                Options("Wait until every CoreDNS pod has two addresses", settings.CoreDnsDeadline)),
            BackgroundLook.Health => Workflow.ExecuteActivityAsync(
                (IShootActivities activities) => activities.AwaitHealthAsync(input),
                Options("Wait until health has settled, and count the nodes", settings.HealthGrace)),
            _ => Workflow.ExecuteActivityAsync(
                (INodeActivities activities) => activities.AwaitRolloutProgressAsync(input),
                Options("Wait until every node has two pod ranges", settings.NodesDeadline)),
        };

        ActivityOptions Options(string summary, TimeSpan deadline) =>
            AwaitOptions.For(Garden, summary, settings.LookEvery, deadline, cancellationToken);
    }

    private Task<ShootObservation> LookAtGardenerAsync(CancellationToken cancellationToken)
    {
        var settings = request.Settings;
        var input = new AwaitInput(request.Shoot, state.Uid, settings.LookEvery)
        {
            GiveUpAfter = settings.UnreachableGrace,
            Awaited = state.Awaited,
            UntilSettled = state.DecidedAnew > 0,
        };
        var options = AwaitOptions.For(Garden, "Wait until Gardener is at rest", settings.LookEvery, settings.GardenerDeadline, cancellationToken);
        return Workflow.ExecuteActivityAsync((IShootActivities activities) => activities.AwaitGardenerAsync(input), options);
    }
}
