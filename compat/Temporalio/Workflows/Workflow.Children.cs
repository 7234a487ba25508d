using System.Linq.Expressions;
using Temporalio.Common;

namespace Temporalio.Workflows;

public static partial class Workflow
{
    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ContinueAsNewOptions? options = null) =>
        ContinueAsNew<TWorkflow>(workflowRunCall, options);

    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ContinueAsNewOptions? options = null) =>
        ContinueAsNew<TWorkflow>(workflowRunCall, options);

    public static ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options = null) =>
        Context.CreateContinueAsNewException(workflow, args, options);

    public static async Task<TResult> ExecuteChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null) =>
        await (await StartChildWorkflowAsync(workflowRunCall, options)).GetResultAsync();

    public static async Task ExecuteChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null) =>
        await (await StartChildWorkflowAsync(workflowRunCall, options)).GetResultAsync();

    public static async Task ExecuteChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        await (await StartChildWorkflowAsync(workflow, args, options)).GetResultAsync();

    public static async Task<TResult> ExecuteChildWorkflowAsync<TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        await (await StartChildWorkflowAsync(workflow, args, options)).GetResultAsync<TResult>();

    public static Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var (method, args) = CallExpression.Read(workflowRunCall);
        return Context.StartChildWorkflowAsync<TWorkflow, TResult>(
            WorkflowDefinition.NameFromRunMethodForCall(method, typeof(TWorkflow)), args, options ?? new());
    }

    public static async Task<ChildWorkflowHandle<TWorkflow>> StartChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var (method, args) = CallExpression.Read(workflowRunCall);
        return await Context.StartChildWorkflowAsync<TWorkflow, ValueTuple>(
            WorkflowDefinition.NameFromRunMethodForCall(method, typeof(TWorkflow)), args, options ?? new());
    }

    public static async Task<ChildWorkflowHandle> StartChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        await Context.StartChildWorkflowAsync<ValueTuple, ValueTuple>(workflow, args, options ?? new());

    public static ExternalWorkflowHandle GetExternalWorkflowHandle(string id, string? runId = null) =>
        Context.GetExternalWorkflowHandle<ValueTuple>(id, runId);

    public static ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId = null) =>
        Context.GetExternalWorkflowHandle<TWorkflow>(id, runId);

    private static ContinueAsNewException ContinueAsNew<TWorkflow>(LambdaExpression call, ContinueAsNewOptions? options)
    {
        var (method, args) = CallExpression.Read(call);
        return Context.CreateContinueAsNewException(
            WorkflowDefinition.NameFromRunMethodForCall(method, typeof(TWorkflow)), args, options);
    }
}
