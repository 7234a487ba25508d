using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Engine;

internal enum UpdatePhase
{
    Admitted,
    Sent,
    Accepted,
    Completed,
    Aborted,
}

/// <summary>An update on its way through a run.</summary>
internal sealed class UpdateRecord(string id, Request request)
{
    private readonly TaskCompletionSource accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Outcome> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = id;

    public Request Request { get; } = request;

    public UpdatePhase Phase { get; set; }

    /// <summary>Completes when accepted, rejected or completed; fails when the update was aborted.</summary>
    public Task Accepted => accepted.Task;

    public Task<Outcome> Completed => completed.Task;

    public void SetAccepted() => accepted.TrySetResult();

    public void SetOutcome(Outcome outcome)
    {
        completed.TrySetResult(outcome);
        accepted.TrySetResult();
    }

    public void Abort(Exception error)
    {
        if (completed.TrySetException(error))
        {
            _ = completed.Task.Exception;
        }

        if (accepted.TrySetException(error))
        {
            _ = accepted.Task.Exception;
        }
    }
}
