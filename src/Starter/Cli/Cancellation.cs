namespace Dualstack.Starter.Cli;

internal static class Cancellation
{
    /// <summary>Waits until Ctrl-C or SIGTERM; that is how a server command is meant to end.</summary>
    public static async Task UntilCancelledAsync(this CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
