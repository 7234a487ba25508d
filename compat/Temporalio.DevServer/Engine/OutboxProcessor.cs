using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>Carries effects from one run to another. Items of one run are carried out in order; a restart repeats what was not done.</summary>
internal sealed class OutboxProcessor
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly EngineCore engine;
    private readonly OutboxDelivery delivery;
    private readonly Dictionary<string, Queue<OutboxItem>> lanes = [];
    private readonly Lock gate = new();
    private long nextId;

    public OutboxProcessor(EngineCore engine)
    {
        this.engine = engine;
        delivery = new OutboxDelivery(engine);
        nextId = engine.Store.Read(static session => session.Scalar("SELECT MAX(id) FROM outbox")) is long last ? last : 0;
    }

    public void Assign(OutboxItem item) => item.Id = Interlocked.Increment(ref nextId);

    /// <summary>To be called once the item is durable.</summary>
    public void Enqueue(OutboxItem item)
    {
        engine.Skipper.Enter();
        lock (gate)
        {
            if (lanes.TryGetValue(item.RunId, out var lane))
            {
                lane.Enqueue(item);
                return;
            }

            lane = new Queue<OutboxItem>();
            lane.Enqueue(item);
            lanes.Add(item.RunId, lane);
            _ = Task.Run(() => RunAsync(item.RunId, lane));
        }
    }

    public void Recover()
    {
        var items = engine.Store.Read(static session =>
        {
            var items = new List<OutboxItem>();
            using var rows = session.Query("SELECT payload FROM outbox ORDER BY id");
            while (rows.Read())
            {
                var item = new OutboxItem();
                Archive.Read((byte[])rows[0], item.Visit);
                items.Add(item);
            }

            return items;
        });
        items.ForEach(Enqueue);
    }

    private async Task RunAsync(string laneKey, Queue<OutboxItem> lane)
    {
        for (var attempt = 1; ; attempt++)
        {
            OutboxItem? item;
            lock (gate)
            {
                if (!lane.TryPeek(out item))
                {
                    lanes.Remove(laneKey);
                    return;
                }
            }

            try
            {
                await delivery.DeliverAsync(item).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (e is not GrpcException && attempt < MaxAttempts)
                {
                    await Task.Delay(RetryDelay).ConfigureAwait(false);
                    continue;
                }

                // What stays impossible must not keep everything behind it waiting.
                engine.Log($"{item.Kind} of workflow {item.WorkflowId} to {item.TargetWorkflowId} could not be carried out and is given up: {OneLine.Of(e)}");
                await delivery.GiveUpAsync(item).ConfigureAwait(false);
            }

            attempt = 0;
            _ = engine.Writer.Write(new WriteSet { RunKey = 0, OutboxDone = [item.Id] });
            lock (gate)
            {
                lane.Dequeue();
            }

            engine.Skipper.Exit();
        }
    }
}
