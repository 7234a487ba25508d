namespace Temporalio.Worker.Tuning;

public interface IWorkerTuner
{
    SlotSupplier WorkflowTaskSlotSupplier { get; }

    SlotSupplier ActivityTaskSlotSupplier { get; }

    SlotSupplier LocalActivitySlotSupplier { get; }
}
