using Dualstack.Workflows;
using Temporalio.Workflows;

namespace Dualstack.Activities.Tests.Observer;

/// <summary>Stands where a migration does, and only notes what it is told.</summary>
[Workflow(MessageNames.ShootMigrationWorkflow)]
public sealed class ToldMigration
{
    private readonly List<ShootObserved> told = [];

    [WorkflowQuery]
    public IReadOnlyList<ShootObserved> Told => told;

    [WorkflowRun]
    public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

    [WorkflowSignal]
    public Task ShootObservedAsync(ShootObserved observed)
    {
        told.Add(observed);
        return Task.CompletedTask;
    }
}
