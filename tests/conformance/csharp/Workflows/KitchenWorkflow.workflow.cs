using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

/// <summary>One of everything that leaves an event.</summary>
[Workflow("kitchen")]
public class KitchenWorkflow
{
    private readonly List<string> log = [];
    private int pokes;

    [WorkflowQuery("stage")]
    public string Stage { get; private set; } = "new";

    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        log.Add(await Calls.GreetAsync(name));
        if (Workflow.Patched("second-greeting"))
        {
            log.Add(await Calls.GreetAsync("again"));
        }

        await Workflow.DelayAsync(20);
        if (Workflow.Patched("second-timer"))
        {
            await Workflow.DelayAsync(5);
        }

        Workflow.DeprecatePatch("long-gone");
        Workflow.UpsertTypedSearchAttributes(LabelledWorkflow.Keyword.ValueSet("kitchen"));
        Workflow.UpsertMemo(MemoUpdate.ValueSet("note", "kitchen"));
        log.Add(await Workflow.ExecuteChildWorkflowAsync(
            (GreetingWorkflow child) => child.RunAsync("child"), new() { Id = $"{Workflow.Info.WorkflowId}/child" }));

        // What is drawn differs between the languages and goes where no replay compares: into an input.
        await Calls.GreetAsync($"{Workflow.NewGuid()} {Workflow.Random.Next(100)} {Workflow.UtcNow:O}");
        await CancelAsync();
        Stage = "waiting";
        await Workflow.WaitConditionAsync(() => pokes >= 2 && Workflow.AllHandlersFinished);
        return string.Join(' ', log);
    }

    [WorkflowSignal("poke")]
    public Task PokeAsync(string text)
    {
        pokes++;
        log.Add(text);
        return Task.CompletedTask;
    }

    [WorkflowUpdate("change")]
    public async Task<string> ChangeAsync(string text)
    {
        if (text == "slowly")
        {
            await Workflow.DelayAsync(10);
            await Workflow.WaitConditionAsync(() => pokes >= 1);
        }

        log.Add(text);
        return $"changed {text}";
    }

    [WorkflowUpdateValidator(nameof(ChangeAsync))]
    public void ValidateChange(string text) => ArgumentException.ThrowIfNullOrEmpty(text);

    private static async Task SwallowAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            // As it was meant.
        }
    }

    private static async Task CancelAsync()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var activity = Calls.HeartbeatAsync(first.Token);
        var timer = Workflow.DelayAsync(TimeSpan.FromHours(1), second.Token);
        await Workflow.DelayAsync(20);
#pragma warning disable CA1849 // CancelAsync cancels on a thread of the pool, outside the workflow's scheduler.
        first.Cancel();
        second.Cancel();
#pragma warning restore CA1849
        await SwallowAsync(timer);
        await SwallowAsync(activity);
    }
}
