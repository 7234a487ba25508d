using Dualstack.Conformance.Workflows;

namespace Dualstack.Conformance;

/// <summary>Workflows that exist in C# here and, but for the exhibit, in TypeScript in ../typescript/workflows/twins.cjs, command for command.</summary>
internal static class Twins
{
    internal static IReadOnlyList<Type> All =>
    [
        typeof(GreetingWorkflow),
        typeof(LedgerWorkflow),
        typeof(BrokenWorkflow),
        typeof(BrokenActivityWorkflow),
        typeof(CleanupWorkflow),
        typeof(PatientWorkflow),
        typeof(LabelledWorkflow),
        typeof(FamilyWorkflow),
        typeof(GenerationsWorkflow),
        typeof(KitchenWorkflow),
        typeof(CrowdWorkflow),
        typeof(GatheringWorkflow),
        typeof(NearbyWorkflow),
        typeof(ExhibitWorkflow),
    ];
}
