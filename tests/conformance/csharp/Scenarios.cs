using Temporalio.Client;

namespace Dualstack.Conformance;

/// <summary>What a C# client does with workflows that a worker in another language serves. One line per scenario.</summary>
internal static class Scenarios
{
    internal static async Task<int> RunAsync(string address, string queue)
    {
        var client = await TemporalClient.ConnectAsync(new(address));
        var results = new ResultScenarios(client, queue);
        var messages = new MessageScenarios(client, queue);
        (string Name, Func<Task> Run)[] all =
        [
            ("a workflow returns its result", results.ReturnAsync),
            ("a failure keeps type, message and details", results.FailAsync),
            ("the failure of an activity arrives inside the workflow's", results.FailActivityAsync),
            ("the failure of a child arrives inside the parent's", results.FailChildAsync),
            ("a child counts what its parent signals", results.ChildAsync),
            ("a cancelled workflow cleans up", results.CancelAsync),
            ("a terminated workflow says so", results.TerminateAsync),
            ("a workflow out of time says so", results.TimeOutAsync),
            ("a result is followed through continue-as-new, or not", results.ContinueAsync),
            ("a second start of an open id is refused", results.StartTwiceAsync),
            ("a cancelled activity learns it from its heartbeat", results.CancelActivityAsync),
            ("search attributes and memo are read on both sides", results.LabelAsync),
            ("signals and queries arrive", messages.SignalAndQueryAsync),
            ("a start with a signal delivers both", messages.SignalWithStartAsync),
            ("a query that fails says why", messages.BrokenQueryAsync),
            ("an update answers", messages.UpdateAsync),
            ("a validator rejects an update", messages.RejectUpdateAsync),
            ("an update that fails keeps type and details", messages.FailUpdateAsync),
            ("an update starts what it updates", messages.UpdateWithStartAsync),
            ("an unknown workflow is not found", messages.UnknownAsync),
        ];
        var failures = 0;
        foreach (var (name, run) in all)
        {
            try
            {
                await run().WaitAsync(TimeSpan.FromSeconds(30));
                Console.WriteLine($"ok {name}");
            }
#pragma warning disable CA1031 // Whatever it is, it is the outcome of this scenario and no reason to skip the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures++;
                Console.WriteLine($"not ok {name}: {e.GetType().Name} {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        return failures == 0 ? 0 : 1;
    }
}
