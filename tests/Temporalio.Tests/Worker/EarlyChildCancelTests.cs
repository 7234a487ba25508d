using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>A child that is cancelled after the command that starts it and before it has started.</summary>
public sealed class EarlyChildCancelTests
{
    private static HistoryEvent ChildStarted => new()
    {
        EventType = EventType.ChildWorkflowExecutionStarted,
        ChildWorkflowExecutionStartedEventAttributes = new()
        {
            InitiatedEventId = 5,
            WorkflowExecution = new() { WorkflowId = "child", RunId = "child-run" },
        },
    };

    private static HistoryEvent ChildCanceled => new()
    {
        EventType = EventType.ChildWorkflowExecutionCanceled,
        ChildWorkflowExecutionCanceledEventAttributes = new()
        {
            InitiatedEventId = 5,
            StartedEventId = 11,
            WorkflowExecution = new() { WorkflowId = "child", RunId = "child-run" },
        },
    };

    [Fact]
    public async Task ChildCancelledBeforeItStarted_OfficialHistory_DidNotReplay() => await Histories.ReplayAsync<WaitingParent>(
        CancelledBeforeStart(CancelRequest()).With(
        [
            ChildStarted,
            ChildCanceled,
            .. Histories.Task(),
            Histories.Completed(),
            new() { EventType = EventType.WorkflowExecutionCanceled, WorkflowExecutionCanceledEventAttributes = new() },
        ]));

    [Fact]
    public async Task ChildCancelledBeforeItStarted_WithoutARequestInHistory_IsNondeterminism()
    {
        var e = await Assert.ThrowsAsync<WorkflowNondeterminismException>(() => Histories.ReplayAsync<WaitingParent>(
            CancelledBeforeStart().With([ChildStarted, .. Histories.Task()])));
        Assert.Contains("RequestCancelExternalWorkflowExecution (child workflow child)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChildTriedToBeCancelledBeforeItStarted_OfficialHistory_DidNotReplay() => await Histories.ReplayAsync<TryingParent>(
        CancelledBeforeStart(CancelRequest()).With([ChildStarted, ChildCanceled, .. Histories.Task(), Histories.Completed()]));

    [Fact]
    public async Task ChildAbandonedBeforeItStarted_OfficialHistory_DidNotReplay() => await Histories.ReplayAsync<AbandoningParent>(
        CancelledBeforeStart().With([ChildStarted, .. Histories.Task(), Histories.Completed()]));

    private static WorkflowHistory CancelledBeforeStart(params HistoryEvent[] request) => Histories.FirstTask("Parent", "run").With(
    [
        Histories.Completed(3, 2, 1),
        new()
        {
            EventType = EventType.StartChildWorkflowExecutionInitiated,
            StartChildWorkflowExecutionInitiatedEventAttributes = new() { WorkflowId = "child", WorkflowType = new() { Name = "Child" } },
        },
        new()
        {
            EventType = EventType.WorkflowExecutionCancelRequested,
            WorkflowExecutionCancelRequestedEventAttributes = new(),
        },
        .. Histories.Task(),
        Histories.Completed(),
        .. request,
    ]);

    private static HistoryEvent CancelRequest() => new()
    {
        EventType = EventType.RequestCancelExternalWorkflowExecutionInitiated,
        RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new()
        {
            WorkflowExecution = new() { WorkflowId = "child" },
            ChildWorkflowOnly = true,
        },
    };

    private static Task RunChildAsync(ChildWorkflowCancellationType type) =>
        Workflow.ExecuteChildWorkflowAsync("Child", [], new() { Id = "child", CancellationType = type });

    [Workflow("Parent")]
    public sealed class WaitingParent
    {
        [WorkflowRun]
        public Task RunAsync() => RunChildAsync(ChildWorkflowCancellationType.WaitCancellationCompleted);
    }

    [Workflow("Parent")]
    public sealed class TryingParent
    {
        [WorkflowRun]
        public Task RunAsync() => RunChildAsync(ChildWorkflowCancellationType.TryCancel);
    }

    [Workflow("Parent")]
    public sealed class AbandoningParent
    {
        [WorkflowRun]
        public Task RunAsync() => RunChildAsync(ChildWorkflowCancellationType.Abandon);
    }
}
