namespace Temporalio.DevServer.Engine;

internal static class WorkflowTimeout
{
    /// <summary>The run's time is up: it is tried again if its policy says so, or times out.</summary>
    public static void Expire(Transition transition, WorkflowSlot slot)
    {
        var state = transition.State;
        WorkflowClose.ForceTaskClosed(transition);
        var failure = new Failure
        {
            Message = "workflow timeout",
            Source = "Server",
            TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.StartToClose },
        };
        var (retryState, delay) = RetryRules.Decide(state.Retry, state.Attempt, failure, transition.Now, state.ExecutionExpiration);
        if (state.ExecutionExpiration <= transition.Now)
        {
            retryState = RetryState.Timeout;
        }

        var successor = retryState == RetryState.InProgress ? WorkflowClose.Retry(transition, failure, delay) : null;
        var item = transition.Create(EventType.WorkflowExecutionTimedOut);
        item.WorkflowExecutionTimedOutEventAttributes = new WorkflowExecutionTimedOutEventAttributes
        {
            RetryState = retryState,
            NewExecutionRunId = successor?.RunId ?? "",
        };
        WorkflowClose.Close(transition, slot, item, WorkflowExecutionStatus.TimedOut, successor);
    }
}
