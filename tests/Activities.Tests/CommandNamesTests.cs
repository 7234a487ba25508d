using Dualstack.Gardener.Shoots;
using Dualstack.Workflows.Decisions;

namespace Dualstack.Activities.Tests;

public sealed class CommandNamesTests
{
    [Fact]
    public void Commands_NameWhatIsWrittenToShoots() => Assert.Equal(
        (GardenNames.MigrationLabel, GardenNames.IntentAnnotation, GardenNames.OperationAnnotation),
        (Commands.Label, Commands.Intent, Commands.Operation));
}
