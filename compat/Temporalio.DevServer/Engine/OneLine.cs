namespace Temporalio.DevServer.Engine;

/// <summary>An exception as a line of the log.</summary>
internal static class OneLine
{
    public static string Of(Exception error)
    {
        var message = string.Join(' ', error.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var origin = new System.Diagnostics.StackTrace(error).GetFrame(0)?.GetMethod();
        return $"{error.GetType().Name}: {message}{(origin is null ? "" : $" (in {origin.DeclaringType?.Name}.{origin.Name})")}";
    }
}
