using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>Handlers that wait, many at a time, beside a run method that works.</summary>
[Workflow("crowd")]
public class CrowdWorkflow
{
    private readonly List<string> log = [];
    private int expected;
    private int arrived;

    [WorkflowRun]
    public async Task<string> RunAsync(int guests)
    {
        expected = guests;
        for (var n = 0; n < 3; n++)
        {
            log.Add(await Calls.GreetAsync($"step {n}"));
            await Workflow.DelayAsync(5);
        }

        await Workflow.WaitConditionAsync(() => arrived == expected && Workflow.AllHandlersFinished);
        return string.Join(' ', log);
    }

    [WorkflowSignal("arrive")]
    public async Task ArriveAsync(string guest)
    {
        log.Add(await Calls.GreetAsync(guest));
        arrived++;
    }

    [WorkflowUpdate("welcome")]
    public async Task<int> WelcomeAsync(string guest)
    {
        await Workflow.DelayAsync(2);
        log.Add(await Calls.GreetAsync(guest));
        return ++arrived;
    }
}
