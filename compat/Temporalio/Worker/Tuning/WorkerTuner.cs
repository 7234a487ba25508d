namespace Temporalio.Worker.Tuning;

public class WorkerTuner : IWorkerTuner
{
    public WorkerTuner(
        SlotSupplier workflowTaskSlotSupplier,
        SlotSupplier activityTaskSlotSupplier,
        SlotSupplier localActivitySlotSupplier,
        SlotSupplier nexusTaskSlotSupplier)
    {
        WorkflowTaskSlotSupplier = workflowTaskSlotSupplier;
        ActivityTaskSlotSupplier = activityTaskSlotSupplier;
        LocalActivitySlotSupplier = localActivitySlotSupplier;
        NexusTaskSlotSupplier = nexusTaskSlotSupplier;
    }

    public SlotSupplier WorkflowTaskSlotSupplier { get; init; }

    public SlotSupplier ActivityTaskSlotSupplier { get; init; }

    public SlotSupplier LocalActivitySlotSupplier { get; init; }

    public SlotSupplier NexusTaskSlotSupplier { get; init; }

    public static WorkerTuner CreateFixedSize(
        int workflowTaskSlots, int activityTaskSlots, int localActivitySlots, int nexusTaskSlots = 100) =>
        new(
            new FixedSizeSlotSupplier(workflowTaskSlots),
            new FixedSizeSlotSupplier(activityTaskSlots),
            new FixedSizeSlotSupplier(localActivitySlots),
            new FixedSizeSlotSupplier(nexusTaskSlots));
}
