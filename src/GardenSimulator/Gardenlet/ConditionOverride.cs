namespace Dualstack.GardenSimulator.Gardenlet;

internal sealed record ConditionOverride(string Status, string Reason, string Message);
