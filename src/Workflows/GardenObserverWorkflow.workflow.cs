using Dualstack.Workflows.Activities;
using Temporalio.Workflows;

namespace Dualstack.Workflows;

/// <summary>
/// Observes one garden: by its id there is one per garden, and Temporal gives its one long activity to one worker at a time.
/// It never ends by itself.
/// </summary>
[Workflow]
public sealed class GardenObserverWorkflow
{
    /// <summary>The id of a garden's observer.</summary>
    /// <param name="garden">The garden's identity.</param>
    /// <returns><c>observer/&lt;garden&gt;</c>.</returns>
    public static string WorkflowId(string garden) => $"observer/{garden}";

    /// <summary>Observes the garden.</summary>
    /// <param name="input">The garden, and where to begin.</param>
    /// <returns>Never; it continues as new where the activity left off.</returns>
    [WorkflowRun]
    public async Task RunAsync(ObserveGardenInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Workflow.CurrentDetails = $"Follows the shoots under migration in garden `{input.Garden}` and tells their migrations what changed.";
        var next = await Workflow.ExecuteActivityAsync(
            (IObserverActivities activities) => activities.ObserveGardenAsync(input), ObserverOptions.For(input.Garden));
        throw Workflow.CreateContinueAsNewException((GardenObserverWorkflow workflow) => workflow.RunAsync(next));
    }
}
