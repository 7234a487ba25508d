using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Common;

/// <summary>Results of tasks whose type is known at run time only.</summary>
internal static class TaskResults
{
    private static readonly ConcurrentDictionary<Type, Func<Task, object?>> Readers = new();

    // Continues where the caller awaits: workflow code relies on its scheduler.
    internal static async Task<object?> GetAsync(Task task)
    {
        await task;
        return Get(task);
    }

    internal static object? Get(Task completed) => Readers.GetOrAdd(completed.GetType(), CreateReader)(completed);

    private static Func<Task, object?> CreateReader(Type type)
    {
        for (var current = type; current != null; current = current.BaseType)
        {
            if (!current.IsGenericType || current.GetGenericTypeDefinition() != typeof(Task<>))
            {
                continue;
            }

            // A Task from an async method is, inside, a Task<VoidTaskResult>.
            var result = current.GetGenericArguments()[0];
            return result.Name == "VoidTaskResult"
                ? _ => null
                : typeof(TaskResults).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(result).CreateDelegate<Func<Task, object?>>();
        }

        return _ => null;
    }

    private static object? Read<T>(Task task) => ((Task<T>)task).Result;
}
