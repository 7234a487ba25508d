namespace Dualstack.Workflows.Tests.Migrations;

public sealed class EveryMigrationTestTests
{
    public static TheoryData<Type> Classes { get; } =
        [.. typeof(MigrationTests).Assembly.GetTypes().Where(type => type.IsAbstract && type.IsSubclassOf(typeof(MigrationTests)))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void MigrationTests_OfEveryClass_RunInOneRunAndContinuedAtEveryWait(Type tests)
    {
        var ways = tests.Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(tests)).Select(type => type.Name);

        Assert.Equal(["ContinuedAtEveryWait", "InOneRun"], ways.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TimeSkippingServer_OutsideOfThem_IsUsedByReplaysAndTheObserverOnly()
    {
        var others = typeof(MigrationTests).Assembly.GetTypes()
            .Where(type => typeof(IClassFixture<TimeSkippingFixture>).IsAssignableFrom(type) && !typeof(MigrationTests).IsAssignableFrom(type))
            .Select(type => type.Name);

        Assert.Subset(new HashSet<string> { "ReplayTests", "GardenObserverWorkflowTests" }, others.ToHashSet());
    }
}
