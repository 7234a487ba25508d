namespace Dualstack.Conformance;

internal static class Check
{
    internal static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"expected {expected}, got {actual}");
        }
    }

    internal static T Is<T>(object? value) =>
        value is T typed ? typed : throw new InvalidOperationException($"expected {typeof(T).Name}, got {value ?? "nothing"}");

    internal static async Task<TException> ThrowsAsync<TException>(Func<Task> action)
        where TException : Exception
    {
        try
        {
            await action();
        }
        catch (TException e)
        {
            return e;
        }

        throw new InvalidOperationException($"expected {typeof(TException).Name}, but nothing was thrown");
    }
}
