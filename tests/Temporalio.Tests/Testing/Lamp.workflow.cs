using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Testing;

/// <summary>A workflow that can be made to do whatever a client may have to understand.</summary>
[Workflow]
public class Lamp
{
    private readonly List<string> colors = [];
    private string? end;

    [WorkflowQuery]
    public int Changes => colors.Count;

    [WorkflowRun]
    public async Task<string> RunAsync(string how)
    {
        if (how == "again")
        {
            throw Workflow.CreateContinueAsNewException((Lamp lamp) => lamp.RunAsync("wait"));
        }

        if (how == "sleep")
        {
            await Workflow.DelayAsync(TimeSpan.FromDays(30));
            return "rested";
        }

        if (how == "activity")
        {
            return await Workflow.ExecuteActivityAsync(
                () => PressAsync(), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), RetryPolicy = new() { MaximumAttempts = 1 } });
        }

        await Workflow.WaitConditionAsync(() => end != null);
        return end == "fail" ? throw new ApplicationFailureException("burnt out", "Bulb", details: ["60W"]) : end!;
    }

    [Activity]
    public static Task<string> PressAsync() => throw new CompleteAsyncException();

    [WorkflowSignal]
    public Task EndAsync(string how)
    {
        end = how;
        return Task.CompletedTask;
    }

    [WorkflowQuery("color")]
    public string Color(string prefix) => colors.Count == 0
        ? throw new ApplicationFailureException("it is dark")
        : prefix + colors[^1];

    [WorkflowUpdate]
    public async Task<string> PaintAsync(string color)
    {
        var before = colors.LastOrDefault() ?? "none";
        if (color == "bad")
        {
            throw new ApplicationFailureException("no such paint", "Paint");
        }

        if (color == "slow")
        {
            await Workflow.WaitConditionAsync(() => end != null);
        }

        colors.Add(color);
        return before;
    }

    [WorkflowUpdateValidator(nameof(PaintAsync))]
    public void ValidatePaint(string color)
    {
        if (color.Length == 0)
        {
            throw new ApplicationFailureException("no color");
        }
    }
}
