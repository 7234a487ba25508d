using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>Something to look at: details, a repeated failure, and markup wherever a stranger could put it.</summary>
[Workflow("exhibit")]
public class ExhibitWorkflow
{
    public const string Markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    [WorkflowRun]
    public async Task<string> RunAsync(string note)
    {
        Workflow.UpsertTypedSearchAttributes(LabelledWorkflow.Keyword.ValueSet("exhibit"), LabelledWorkflow.Number.ValueSet(42));
        var greeting = await Calls.GreetAsync(note);
        await Workflow.DelayAsync(30);
        Workflow.CurrentDetails =
            $"""
            ### Two of three steps

            Waiting for **an activity** that `keeps failing`.

            | step | state |
            |---|---|
            | greet | done |
            | wait | done |

            [elsewhere](javascript:document.title='owned') [handbook](https://example.org/handbook) ![](https://example.org/beacon.png)

            {Markup}
            """;
        await Workflow.ExecuteActivityAsync(
            (TwinActivities a) => a.Stumble(),
            new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(10),
                Summary = "Stumbles every time",
                RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50), MaximumInterval = TimeSpan.FromMilliseconds(500) },
            });
        return greeting;
    }
}
