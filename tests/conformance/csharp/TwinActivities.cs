using Dualstack.Conformance.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Dualstack.Conformance;

public sealed class TwinActivities
{
    [Activity("greet")]
    public string Greet(string name) => $"Hello, {name}!";

    [Activity("failForGood")]
    public void FailForGood() =>
        throw new ApplicationFailureException("no", "Fatal", nonRetryable: true, details: [new Unlucky(13)]);

    [Activity("stumble")]
    public void Stumble() => throw new ApplicationFailureException($"stumbled {ExhibitWorkflow.Markup}", "Stumble");

    /// <summary>Lives until it is cancelled, which it learns from its heartbeats.</summary>
    [Activity("heartbeatUntilCancelled")]
    public async Task HeartbeatUntilCancelledAsync()
    {
        var context = ActivityExecutionContext.Current;
        while (true)
        {
            context.Heartbeat("alive");
            await Task.Delay(100, context.CancellationToken);
        }
    }
}
