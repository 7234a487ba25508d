using System.Linq.Expressions;
using Temporalio.Activities;
using Temporalio.Common;

namespace Temporalio.Workflows;

public static partial class Workflow
{
    public static Task<TResult> ExecuteActivityAsync<TResult>(
        Expression<Func<TResult>> activityCall, ActivityOptions options) =>
        CallActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteActivityAsync(
        Expression<Action> activityCall, ActivityOptions options) =>
        CallActivityAsync<ValueTuple>(activityCall, options);

    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, TResult>> activityCall, ActivityOptions options) =>
        CallActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteActivityAsync<TActivityInstance>(
        Expression<Action<TActivityInstance>> activityCall, ActivityOptions options) =>
        CallActivityAsync<ValueTuple>(activityCall, options);

    public static Task<TResult> ExecuteActivityAsync<TResult>(
        Expression<Func<Task<TResult>>> activityCall, ActivityOptions options) =>
        CallActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteActivityAsync(
        Expression<Func<Task>> activityCall, ActivityOptions options) =>
        CallActivityAsync<ValueTuple>(activityCall, options);

    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, Task<TResult>>> activityCall, ActivityOptions options) =>
        CallActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteActivityAsync<TActivityInstance>(
        Expression<Func<TActivityInstance, Task>> activityCall, ActivityOptions options) =>
        CallActivityAsync<ValueTuple>(activityCall, options);

    public static Task ExecuteActivityAsync(string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        ExecuteActivityAsync<ValueTuple>(activity, args, options);

    public static Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        Context.ExecuteActivityAsync<TResult>(activity, args, options);

    private static Task<TResult> CallActivityAsync<TResult>(LambdaExpression call, ActivityOptions options)
    {
        var (method, args) = CallExpression.Read(call);
        return Context.ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }
}
