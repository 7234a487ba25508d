using Temporalio.Common;
using Temporalio.Worker;

namespace Dualstack.Conformance;

internal static class Replays
{
    internal static async Task<int> RunAsync(string folder)
    {
        var options = new WorkflowReplayerOptions();
        foreach (var workflow in Twins.All)
        {
            options.AddWorkflow(workflow);
        }

        var replayer = new WorkflowReplayer(options);
        var failures = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var (name, workflowId) = Path.GetFileNameWithoutExtension(file).Split('@') is [var first, var second]
                ? (first, Uri.UnescapeDataString(second))
                : throw new ArgumentException($"{file} is not named NAME@WORKFLOW.json; rename it so.");
            var history = WorkflowHistory.FromJson(workflowId, await File.ReadAllTextAsync(file));
            var failure = (await replayer.ReplayWorkflowAsync(history, throwOnReplayFailure: false)).ReplayFailure;
            failures += failure is null ? 0 : 1;
            Console.WriteLine(failure is null ? $"ok {name}" : $"not ok {name}: {failure.Message}");
        }

        return failures == 0 ? 0 : 1;
    }
}
