namespace Temporalio.Worker.Tuning;

public abstract class SlotSupplier
{
    private protected SlotSupplier()
    {
    }
}
