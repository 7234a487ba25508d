using System.Diagnostics.Metrics;

namespace Dualstack.Worker.Running;

/// <summary>What the worker is doing, told once per change.</summary>
internal sealed class WorkerState : IDisposable
{
    public const string MeterName = "Dualstack.Worker";

    private readonly ILogger logger;
    private readonly Meter meter = new(MeterName);
    private volatile Snapshot current = new(false, "starting", null);

    public WorkerState(ILogger<WorkerState> logger)
    {
        this.logger = logger;
        meter.CreateObservableGauge("dualstack.worker.polling", () => Polling ? 1 : 0, description: "1 while the worker takes tasks");
    }

    public bool Polling => current.Polling;

    public string Message => current.Message;

    public string? Garden => current.Garden;

    public void Waits(string why)
    {
        if (Change(new Snapshot(false, why, Garden)))
        {
            logger.LogWarning("Waiting: {Why}", why);
        }
    }

    public void Polls(string garden, string message)
    {
        if (Change(new Snapshot(true, message, garden)))
        {
            logger.LogInformation("{Message}", message);
        }
    }

    public bool HasFailed { get; private set; }

    public void Fails(Exception exception)
    {
        HasFailed = true;
        if (Change(new Snapshot(false, exception.Message, Garden)))
        {
            logger.LogCritical(exception, "The worker ends: {Why}", exception.Message);
        }
    }

    public void Drains()
    {
        if (Change(new Snapshot(false, "draining", Garden)))
        {
            logger.LogInformation("Draining: no new tasks are taken, running ones end first");
        }
    }

    public void Dispose() => meter.Dispose();

    private bool Change(Snapshot next)
    {
        var changed = current != next;
        current = next;
        return changed;
    }

    private sealed record Snapshot(bool Polling, string Message, string? Garden);
}
