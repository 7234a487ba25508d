using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>What the controllers notice when a shoot was written.</summary>
internal static class ShootEvents
{
    public static void AfterWrite(Garden garden, ShootState state, ShootEntry entry, DateTimeOffset now)
    {
        if (entry.Generation != entry.ObservedGeneration && state.Run is null)
        {
            state.DueBy(TimerKind.RunStart, now + garden.Scaled(garden.Options.Timings.RunStart));
        }

        if (OperationAnnotation.Of(entry.Parse()) is [OperationAnnotation.Maintain])
        {
            state.DueBy(TimerKind.Maintenance, now + garden.Scaled(garden.Options.Timings.RunStart));
        }

        state.DueBy(TimerKind.StatusLabel, now + garden.Scaled(garden.Options.Timings.StatusLabel));
        garden.Reschedule(state);
    }
}
