using Dualstack.Conformance.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Dualstack.Conformance;

internal sealed class ResultScenarios(ITemporalClient client, string queue)
{
    internal async Task ReturnAsync() => Check.Equal(
        "Hello, Ada!", await client.ExecuteWorkflowAsync((GreetingWorkflow wf) => wf.RunAsync("Ada"), New()));

    internal async Task FailAsync()
    {
        var failure = await FailureAsync<ApplicationFailureException>(
            () => client.ExecuteWorkflowAsync((BrokenWorkflow wf) => wf.RunAsync(), New()));
        Check.Equal("broken on purpose", failure.Message);
        Check.Equal("Broken", failure.ErrorType);
        Check.Equal(true, failure.NonRetryable);
        Check.Equal(new(7), failure.Details.ElementAt<Unlucky>(0));
    }

    internal async Task FailActivityAsync()
    {
        var failure = await FailureAsync<ActivityFailureException>(
            () => client.ExecuteWorkflowAsync((BrokenActivityWorkflow wf) => wf.RunAsync(), New()));
        Check.Equal("failForGood", failure.ActivityType);
        Check.Equal(RetryState.NonRetryableFailure, failure.RetryState);
        var cause = Check.Is<ApplicationFailureException>(failure.InnerException);
        Check.Equal("Fatal", cause.ErrorType);
        Check.Equal(new(13), cause.Details.ElementAt<Unlucky>(0));
    }

    internal async Task FailChildAsync()
    {
        var failure = await FailureAsync<ChildWorkflowFailureException>(
            () => client.ExecuteWorkflowAsync((FamilyWorkflow wf) => wf.RunAsync(true), New()));
        Check.Equal("broken", failure.WorkflowType);
        Check.Equal("Broken", Check.Is<ApplicationFailureException>(failure.InnerException).ErrorType);
    }

    internal async Task ChildAsync() => Check.Equal(
        "child counted 3", await client.ExecuteWorkflowAsync((FamilyWorkflow wf) => wf.RunAsync(false), New()));

    internal async Task CancelAsync()
    {
        var handle = await client.StartWorkflowAsync((CleanupWorkflow wf) => wf.RunAsync(), New());
        await EventAsync(handle, EventType.TimerStarted);
        await handle.CancelAsync();
        await FailureAsync<CanceledFailureException>(() => handle.GetResultAsync());
        Check.Equal(WorkflowExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
        await EventAsync(handle, EventType.ActivityTaskCompleted);
    }

    internal async Task TerminateAsync()
    {
        var handle = await client.StartWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(0), New());
        await handle.TerminateAsync("enough");
        var failure = await FailureAsync<TerminatedFailureException>(() => handle.GetResultAsync());
        Check.Equal("enough", failure.Message);
    }

    internal async Task TimeOutAsync()
    {
        var options = New();
        options.RunTimeout = TimeSpan.FromMilliseconds(300);
        var failure = await FailureAsync<TimeoutFailureException>(
            () => client.ExecuteWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(0), options));
        Check.Equal(TimeoutType.StartToClose, failure.TimeoutType);
    }

    internal async Task ContinueAsync()
    {
        var handle = await client.StartWorkflowAsync((GenerationsWorkflow wf) => wf.RunAsync(2), New());
        Check.Equal("continued", await handle.GetResultAsync());
        await Check.ThrowsAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync(followRuns: false));
    }

    internal async Task StartTwiceAsync()
    {
        var options = New();
        var handle = await client.StartWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(0), options);
        var refusal = await Check.ThrowsAsync<WorkflowAlreadyStartedException>(
            () => client.StartWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(0), options));
        Check.Equal(handle.ResultRunId, refusal.RunId);
        await handle.TerminateAsync();
    }

    internal async Task CancelActivityAsync()
    {
        var handle = await client.StartWorkflowAsync((PatientWorkflow wf) => wf.RunAsync(), New());
        await UntilAsync(async () => (await client.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = handle.Id } })).PendingActivities
            .Any(a => a.State == PendingActivityState.Started && a.HeartbeatDetails is not null));
        await handle.SignalAsync(wf => wf.EnoughAsync());
        Check.Equal("cancelled", await handle.GetResultAsync());
        await EventAsync(handle, EventType.ActivityTaskCanceled);
    }

    internal async Task LabelAsync()
    {
        var options = New();
        options.Memo = new Dictionary<string, object> { ["owner"] = "team" };
        options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
            .Set(LabelledWorkflow.Keyword, "from-client").ToSearchAttributeCollection();
        var handle = await client.StartWorkflowAsync((LabelledWorkflow wf) => wf.RunAsync(), options);
        Check.Equal("from-client", await handle.GetResultAsync());
        var description = await handle.DescribeAsync();
        Check.Equal("from-workflow", description.TypedSearchAttributes.Get(LabelledWorkflow.Keyword));
        Check.Equal(7L, description.TypedSearchAttributes.Get(LabelledWorkflow.Number));
        Check.Equal("team", await description.Memo["owner"].ToValueAsync<string>());
        Check.Equal("written by the workflow", await description.Memo["note"].ToValueAsync<string>());
    }

    private static async Task<TFailure> FailureAsync<TFailure>(Func<Task> action) =>
        Check.Is<TFailure>((await Check.ThrowsAsync<WorkflowFailedException>(action)).InnerException);

    private static Task EventAsync(WorkflowHandle handle, EventType type) =>
        UntilAsync(async () => (await handle.FetchHistoryAsync()).Events.Any(e => e.EventType == type));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(20);
        }
    }

    private WorkflowOptions New() => new($"wf-{Guid.NewGuid()}", queue);
}
