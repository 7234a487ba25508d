namespace Dualstack.Workflows;

/// <summary>Names of the task queues.</summary>
public static class TaskQueues
{
    /// <summary>Where workflows run.</summary>
    public const string Workflows = "dualstack";

    /// <summary>Where the activities of a garden run, so that its credentials stay with its own workers.</summary>
    /// <param name="garden">The garden's identity.</param>
    /// <returns>The task queue.</returns>
    public static string Garden(string garden) => $"garden/{garden}";
}
