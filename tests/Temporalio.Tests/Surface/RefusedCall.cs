namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>A call that the official package refuses, the exact type of what it throws, and what its message names.</summary>
internal sealed record RefusedCall(string Name, Type Exception, string Message, Func<Task> Call)
{
    internal static RefusedCall Of<T>(string name, string message, Func<Task> call)
        where T : Exception => new(name, typeof(T), message, call);

    internal static RefusedCall Of<T>(string name, string message, Action call)
        where T : Exception => Of<T>(name, message, () =>
        {
            call();
            return Task.CompletedTask;
        });
}
