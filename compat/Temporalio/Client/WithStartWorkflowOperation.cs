using System.Linq.Expressions;
using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Client;

public abstract class WithStartWorkflowOperation
{
    private int used;

    private protected WithStartWorkflowOperation(string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        Workflow = workflow;
        Args = args;
        Options = options;
    }

    public string Workflow { get; set; }

    public IReadOnlyCollection<object?> Args { get; set; }

    public WorkflowOptions Options { get; set; }

    public IDictionary<string, Payload>? Headers { get; set; }

    public static WithStartWorkflowOperation<WorkflowHandle<TWorkflow, TResult>> Create<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = CallExpression.Read(workflowRunCall);
        return new(WorkflowDefinition.NameFromRunMethodForCall(method, typeof(TWorkflow)), args, options, (client, id, runId) => new(client, id, null, runId, runId));
    }

    public static WithStartWorkflowOperation<WorkflowHandle<TWorkflow>> Create<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = CallExpression.Read(workflowRunCall);
        return new(WorkflowDefinition.NameFromRunMethodForCall(method, typeof(TWorkflow)), args, options, (client, id, runId) => new(client, id, null, runId, runId));
    }

    public static WithStartWorkflowOperation<WorkflowHandle> Create(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options) =>
        new(workflow, args, options, (client, id, runId) => new(client, id, null, runId, runId));

    internal void TakeForUse()
    {
        if (Interlocked.Exchange(ref used, 1) != 0)
        {
            throw new ArgumentException("Start operation already used");
        }
    }

    internal abstract void Succeed(ITemporalClient client, string id, string runId);

    internal abstract void Fail(Exception exception);
}
