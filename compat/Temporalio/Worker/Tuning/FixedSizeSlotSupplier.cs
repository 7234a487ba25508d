namespace Temporalio.Worker.Tuning;

public sealed class FixedSizeSlotSupplier : SlotSupplier
{
    public FixedSizeSlotSupplier(int slotCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotCount);
        SlotCount = slotCount;
    }

    public int SlotCount { get; }
}
