using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.Engine;

/// <summary>Logs what a workflow logs once, not again on each replay.</summary>
internal sealed class ReplaySafeLogger(ILogger inner, WorkflowRun run) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => !run.IsReplaying && inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        using (inner.BeginScope(run.LoggerScope))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
