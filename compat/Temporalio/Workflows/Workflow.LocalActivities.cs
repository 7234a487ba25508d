using System.Linq.Expressions;
using Temporalio.Activities;
using Temporalio.Common;

namespace Temporalio.Workflows;

public static partial class Workflow
{
    public static Task<TResult> ExecuteLocalActivityAsync<TResult>(
        Expression<Func<TResult>> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteLocalActivityAsync(
        Expression<Action> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<ValueTuple>(activityCall, options);

    public static Task<TResult> ExecuteLocalActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, TResult>> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteLocalActivityAsync<TActivityInstance>(
        Expression<Action<TActivityInstance>> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<ValueTuple>(activityCall, options);

    public static Task<TResult> ExecuteLocalActivityAsync<TResult>(
        Expression<Func<Task<TResult>>> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteLocalActivityAsync(
        Expression<Func<Task>> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<ValueTuple>(activityCall, options);

    public static Task<TResult> ExecuteLocalActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, Task<TResult>>> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<TResult>(activityCall, options);

    public static Task ExecuteLocalActivityAsync<TActivityInstance>(
        Expression<Func<TActivityInstance, Task>> activityCall, LocalActivityOptions options) =>
        CallLocalActivityAsync<ValueTuple>(activityCall, options);

    public static Task ExecuteLocalActivityAsync(string activity, IReadOnlyCollection<object?> args, LocalActivityOptions options) =>
        ExecuteLocalActivityAsync<ValueTuple>(activity, args, options);

    public static Task<TResult> ExecuteLocalActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, LocalActivityOptions options) =>
        Context.ExecuteLocalActivityAsync<TResult>(activity, args, options);

    private static Task<TResult> CallLocalActivityAsync<TResult>(LambdaExpression call, LocalActivityOptions options)
    {
        var (method, args) = CallExpression.Read(call);
        return Context.ExecuteLocalActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }
}
