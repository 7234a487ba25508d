using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Activities;

namespace Temporalio.Extensions.Hosting;

public static class ServiceProviderExtensions
{
    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions<T>(
        this IServiceProvider provider) => provider.CreateTemporalActivityDefinitions(typeof(T));

    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions(
        this IServiceProvider provider, Type type)
    {
        const BindingFlags Flags =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;
        var definitions = type.GetMethods(Flags)
            .Where(method => method.GetCustomAttribute<ActivityAttribute>() is not null)
            .Select(method => provider.CreateTemporalActivityDefinition(type, method))
            .ToList();
        return definitions.Count > 0
            ? definitions
            : throw new ArgumentException($"No activities found on {type}.", nameof(type));
    }

    public static ActivityDefinition CreateTemporalActivityDefinition(
        this IServiceProvider provider, Type instanceType, MethodInfo method) =>
        ActivityDefinition.Create(method, args => InvokeInScopeAsync(provider, instanceType, method, args));

    private static async Task<object?> InvokeInScopeAsync(
        IServiceProvider provider, Type instanceType, MethodInfo method, object?[] args)
    {
        // The scope lives as long as the activity, so its task is awaited in here.
        await using var scope = provider.CreateAsyncScope();
        ActivityScope.ServiceScope = scope;
        var instance = method.IsStatic
            ? null
            : ActivityScope.ScopedInstance ?? scope.ServiceProvider.GetRequiredService(instanceType);
        ActivityScope.ScopedInstance = instance;
        object? result;
        try
        {
            result = method.Invoke(instance, args);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            throw;
        }

        if (result is not Task task)
        {
            return result;
        }

        await task;
        return method.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
    }
}
