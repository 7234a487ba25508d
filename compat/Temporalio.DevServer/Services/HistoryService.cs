using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

/// <summary>Reads histories: pages, long polls, and the closing event alone.</summary>
internal sealed class HistoryService(EngineCore engine)
{
    private const int DefaultPage = 256;
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(20);

    public async Task<GetWorkflowExecutionHistoryResponse> GetAsync(GetWorkflowExecutionHistoryRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflow(request.Execution, engine.Limits);
        var token = request.NextPageToken.IsEmpty ? new HistoryToken { RunId = request.Execution.RunId } : HistoryToken.Parse(request.NextPageToken);
        if (request.Execution.RunId.Length > 0 && token.RunId != request.Execution.RunId)
        {
            throw GrpcException.InvalidArgument("RunID in the request does not match the NextPageToken.");
        }

        var closeOnly = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        var until = Environment.TickCount64 + (long)call.PollBudget(LongestPoll).TotalMilliseconds;
        var isFirst = request.NextPageToken.IsEmpty;
        while (true)
        {
            Run? waited = null;
            Task change = Task.CompletedTask;
            Task commit = Task.CompletedTask;
            var response = engine.Directory.Locked(request.Namespace, request.Execution.WorkflowId, slot =>
            {
                var run = slot.Get(new WorkflowExecution { WorkflowId = request.Execution.WorkflowId, RunId = token.RunId });
                token.RunId = run.State.RunId;
                change = run.NextChange;
                commit = run.LastCommit;
                var response = closeOnly ? Closing(run, request, token) : Page(run, request, token, isFirst);
                if (response is null)
                {
                    run.BeginWait();
                    waited = run;
                }

                return response;
            });
            if (response is not null)
            {
                // Nothing is shown that a crash could take back.
                await commit.ConfigureAwait(false);
                return response;
            }

            var wait = TimeSpan.FromMilliseconds(Math.Max(until - Environment.TickCount64, 0));
            try
            {
                await change.WaitAsync(wait, call.CancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return new GetWorkflowExecutionHistoryResponse { History = new History(), NextPageToken = token.Encode() };
            }
            finally
            {
                waited!.EndWait();
            }
        }
    }

    public async Task<GetWorkflowExecutionHistoryReverseResponse> GetReverseAsync(GetWorkflowExecutionHistoryReverseRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflow(request.Execution, engine.Limits);
        var token = request.NextPageToken.IsEmpty
            ? new HistoryToken { RunId = request.Execution.RunId, NextEventId = long.MaxValue }
            : HistoryToken.Parse(request.NextPageToken);
        var page = request.MaximumPageSize > 0 ? request.MaximumPageSize : DefaultPage;
        var (response, commit) = engine.Directory.Locked(request.Namespace, request.Execution.WorkflowId, slot =>
        {
            var run = slot.Get(new WorkflowExecution { WorkflowId = request.Execution.WorkflowId, RunId = token.RunId });
            var events = engine.EventsOf(run);
            var response = new GetWorkflowExecutionHistoryReverseResponse { History = new History() };
            var id = Math.Min(token.NextEventId, events.Count);
            for (; id >= 1 && response.History.Events.Count < page; id--)
            {
                response.History.Events.Add(events[(int)id - 1]);
            }

            if (id >= 1)
            {
                response.NextPageToken = new HistoryToken { RunId = run.State.RunId, NextEventId = id }.Encode();
            }

            return (response, run.LastCommit);
        });
        await commit.ConfigureAwait(false);
        return response;
    }

    /// <summary>The last event of a closed run; null means wait.</summary>
    private GetWorkflowExecutionHistoryResponse? Closing(Run run, GetWorkflowExecutionHistoryRequest request, HistoryToken token)
    {
        if (run.State.IsOpen)
        {
            return request.WaitNewEvent ? null : new GetWorkflowExecutionHistoryResponse { History = new History() };
        }

        token.NextEventId = run.State.NextEventId;
        return new GetWorkflowExecutionHistoryResponse { History = new History { Events = { engine.EventsOf(run)[^1] } } };
    }

    private GetWorkflowExecutionHistoryResponse? Page(Run run, GetWorkflowExecutionHistoryRequest request, HistoryToken token, bool isFirst)
    {
        var events = engine.EventsOf(run);
        if (request.WaitNewEvent && run.State.IsOpen && !isFirst && token.NextEventId > events.Count)
        {
            return null;
        }

        var response = new GetWorkflowExecutionHistoryResponse { History = new History() };
        var next = HistoryPage.Fill(response.History, events, token.NextEventId, request.MaximumPageSize > 0 ? request.MaximumPageSize : DefaultPage);
        if (next <= events.Count || (request.WaitNewEvent && run.State.IsOpen))
        {
            response.NextPageToken = new HistoryToken { RunId = run.State.RunId, NextEventId = next, Tail = token.Tail }.Encode();
        }
        else if (token.Tail is { } tail && tail.Events.Count > 0)
        {
            response.History.Events.Add(tail.Events);
        }

        return response;
    }
}
