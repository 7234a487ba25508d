using Dualstack.Workflows.Decisions;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Workflows;

/// <summary>
/// Migrates one shoot to dual-stack. Handlers only record; this one loop decides from what is recorded, and reads, writes or waits.
/// </summary>
[Workflow]
public sealed partial class ShootMigrationWorkflow
{
    private readonly ShootMigrationRequest request;
    private readonly MigrationPlanner planner;
    private MigrationState state;

    /// <summary>Takes up the request before any message is handled.</summary>
    /// <param name="request">The request.</param>
    [WorkflowInit]
    public ShootMigrationWorkflow(ShootMigrationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        this.request = request;
        planner = new MigrationPlanner(request);
        // Whoever starts a migration may have set the search attributes of its begin, so that they need no change.
        var since = Workflow.TypedSearchAttributes.TryGetValue(MigrationSearchAttributes.StageSince, out var start) ? start : Now;
        state = request.Carried ?? new MigrationState { Uid = request.Uid, StartedAt = Now, StageSince = since, WaitingSince = Now };
    }

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    /// <summary>Migrates the shoot.</summary>
    /// <param name="request">The request; taken up by the constructor.</param>
    /// <returns>The outcome. A cancelled migration has none: its status says so.</returns>
    /// <exception cref="ApplicationFailureException">The request names no shoot.</exception>
    [WorkflowRun]
    public async Task<ShootMigrationResult> RunAsync(ShootMigrationRequest request)
    {
        if (this.request.Shoot is not { Garden.Length: > 0, Namespace.Length: > 0, Name.Length: > 0 })
        {
            throw new ApplicationFailureException(
                "The request names no shoot: it needs Shoot with Garden, Namespace and Name.", "RequestRejected", nonRetryable: true);
        }

        try
        {
            Publish();
            while (true)
            {
                Workflow.CancellationToken.ThrowIfCancellationRequested();
                TakeNews();
                switch (planner.Next(state, Now))
                {
                    case NextStep.Finish finish:
                        return await EndAsync(finish.Ending);
                    case NextStep.Wait wait:
                        await WaitAsync(wait);
                        break;
                    case var step:
                        await PerformAsync(step);
                        break;
                }

                hasMoved = true;
            }
        }
        catch (Exception exception) when (TemporalException.IsCanceledException(exception) && Workflow.CancellationToken.IsCancellationRequested)
        {
            await LeaveAsync();
            throw;
        }
    }
}
