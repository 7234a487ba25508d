namespace Temporalio.DevServer.Inspection;

/// <summary>A failure with its details decoded, its stack trace, and what caused it.</summary>
internal static class FailureText
{
    public static string Of(Failure? failure)
    {
        if (failure is null)
        {
            return "";
        }

        var type = failure.ApplicationFailureInfo?.Type;
        List<string> lines = [string.IsNullOrEmpty(type) ? failure.Message : $"{type}: {failure.Message}"];
        if (failure.ApplicationFailureInfo?.Details is { } details)
        {
            lines.Add(PayloadText.Of(details));
        }

        if (failure.StackTrace.Length > 0)
        {
            lines.Add(failure.StackTrace.TrimEnd());
        }

        if (failure.Cause is { } cause)
        {
            lines.Add($"caused by {Of(cause)}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>The messages alone.</summary>
    public static string Brief(Failure? failure) => failure switch
    {
        null => "",
        { Cause: null } => failure.Message,
        _ => $"{failure.Message}{Environment.NewLine}caused by: {Brief(failure.Cause)}",
    };
}
