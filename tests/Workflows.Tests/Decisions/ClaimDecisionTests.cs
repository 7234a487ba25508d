using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Tests.Garden;

namespace Dualstack.Workflows.Tests.Decisions;

public sealed class ClaimDecisionTests
{
    [Theory]
    [InlineData(MigrationStage.Preflight, ClaimState.UnknownPool)]
    [InlineData(MigrationStage.UpdateControlPlane, ClaimState.UnknownPool)]
    [InlineData(MigrationStage.RollNodes, ClaimState.UnknownPool)]
    [InlineData(MigrationStage.ConfigureCni, ClaimState.TooLate)]
    public void Judge_UnknownPoolBeforeTheNodes_WasToldAsTooEarlyOnly(MigrationStage stage, ClaimState expected) =>
        Assert.Equal(expected, Judge(stage, "nope").State);

    [Fact]
    public void Judge_KnownPoolBeforeTheNodes_IsTooEarly() => Assert.Equal(ClaimState.TooEarly, Judge(MigrationStage.UpdateControlPlane, "a").State);

    private static ClaimVerdict Judge(MigrationStage stage, string pool) => ClaimDecision.Judge(new MigrationState
    {
        Stage = stage,
        Observation = new ScriptedGarden(2, "a", "b").Observe(DateTimeOffset.UnixEpoch),
        Claim = new ClaimVerdict { RequestId = "r", Pools = [pool] },
    }).Claim!;
}
