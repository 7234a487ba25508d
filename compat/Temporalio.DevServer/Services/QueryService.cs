using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

internal sealed class QueryService(EngineCore engine)
{
    private const int HopelessAttempt = 3;

    public async Task<QueryWorkflowResponse> QueryAsync(QueryWorkflowRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        Requests.CheckWorkflow(request.Execution, engine.Limits);
        if (request.Query is null || request.Query.QueryType.Length == 0)
        {
            throw GrpcException.InvalidArgument("Query is not set on request.");
        }

        engine.Skipper.Enter();
        PendingQuery? query = null;
        try
        {
            var rejected = engine.Directory.Locked(request.Namespace, request.Execution.WorkflowId, slot =>
            {
                var run = slot.Get(request.Execution);
                if (Rejects(run.State, request.QueryRejectCondition))
                {
                    return new QueryRejected { Status = run.State.Status };
                }

                query = Add(run, request);
                return null;
            });
            if (query is null)
            {
                return new QueryWorkflowResponse { QueryRejected = rejected };
            }

            var answer = await query.Answer.WaitAsync(call.CancellationToken).ConfigureAwait(false);
            return answer.ResultType == QueryResultType.Answered
                ? new QueryWorkflowResponse { QueryResult = answer.Answer }
                : throw new GrpcException(StatusCode.InvalidArgument, answer.ErrorMessage, new QueryFailedFailure { Failure = answer.Failure });
        }
        finally
        {
            if (query is not null)
            {
                engine.Directory.Locked(query.Namespace, query.WorkflowId, slot => slot.Find(query.RunId)?.Queries.Remove(query));
            }

            engine.Skipper.Exit();
        }
    }

    private static bool Rejects(RunState state, QueryRejectCondition condition) => condition switch
    {
        QueryRejectCondition.NotOpen => !state.IsOpen,
        QueryRejectCondition.NotCompletedCleanly => !state.IsOpen && state.Status != WorkflowExecutionStatus.Completed,
        _ => false,
    };

    private PendingQuery Add(Run run, QueryWorkflowRequest request)
    {
        var state = run.State;
        if (!state.IsOpen && state.PreviousStartedId == 0)
        {
            throw GrpcException.WorkflowNotReady("Workflow closed before workflow task started.");
        }

        if (state is { IsOpen: true, Task.Attempt: >= HopelessAttempt })
        {
            throw GrpcException.WorkflowNotReady("Unable to query workflow due to Workflow Task in failed state.");
        }

        var query = new PendingQuery(state.Namespace, state.WorkflowId, state.RunId, request.Query);
        run.Queries.Add(query);
        if (!state.IsOpen || (state.Task is null && state.PreviousStartedId > 0))
        {
            QueryRules.Dispatch(engine, run, query);
        }

        return query;
    }
}
