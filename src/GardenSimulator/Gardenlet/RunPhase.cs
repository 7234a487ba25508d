namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>The part of a run that ends at its next step.</summary>
internal enum RunPhase
{
    Started,
    Infrastructure,
    ControlPlane,
    Workers,
    Finishing,
    Deleting,
}
