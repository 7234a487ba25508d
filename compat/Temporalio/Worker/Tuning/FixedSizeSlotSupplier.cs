namespace Temporalio.Worker.Tuning;

public sealed class FixedSizeSlotSupplier : SlotSupplier
{
    public FixedSizeSlotSupplier(int slotCount) => SlotCount = slotCount;

    public int SlotCount { get; }
}
