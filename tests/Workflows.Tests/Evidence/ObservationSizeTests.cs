using System.Text.Json;
using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Tests.Evidence;

public sealed class ObservationSizeTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 20).Select(number => $"pool-number-{number:D3}")];

    [Fact]
    public void ShootObservation_TwoHundredPoolsRolling_StaysWithinFourKibibytes()
    {
        var observation = Observations.Dual("Progressing", "Progressing") with
        {
            ServerTime = DateTimeOffset.UtcNow,
            Uid = Guid.NewGuid().ToString(),
            PoolCount = 200,
            Pools = Names,
            InPlacePoolCount = 200,
            PendingRolloutCount = 200,
            PendingRollouts = [.. Names.Select(name => new PendingRolloutObservation(name, DateTimeOffset.UtcNow))],
            WorkersHash = new string('f', 64),
            Error = new string('e', ShootObservation.TextLimit),
            ErrorCodes = ["ERR_INFRA_RESOURCES_DEPLETED", "ERR_RETRYABLE_INFRA_DEPENDENCIES"],
            PendingOperation = new string('o', ShootObservation.TextLimit),
        };

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(observation).Length, 1, 4096);
    }

    [Fact]
    public void NodeObservation_FiveThousandNodes_StaysWithinFourKibibytes()
    {
        var nodes = Observations.Nodes(0, 5000) with
        {
            PoolCount = 200,
            Pools = [.. Names.Select(name => new PoolObservation(name, 25, 0, 25))],
            SingleStackNodes = [.. Enumerable.Range(0, 20).Select(number => $"ip-10-250-{number}-17.eu-central-1.compute.internal")],
        };

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(nodes).Length, 1, 4096);
    }

    [Fact]
    public void MigrationState_WrittenAndRead_IsTheSame()
    {
        var state = new MigrationState
        {
            Uid = "u",
            Stage = MigrationStage.RollNodes,
            Observation = Observations.Dual("Progressing"),
            Nodes = Observations.Nodes(1, 2),
            SeenRequests = ["r1"],
            Since = new Dictionary<string, DateTimeOffset> { ["failed"] = DateTimeOffset.UnixEpoch },
            Ending = new MigrationEnding(MigrationOutcome.Reverted, "It went back."),
            WakeFor = "Operator 06:00:00",
        };

        var text = JsonSerializer.Serialize(state);

        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<MigrationState>(text)));
        Assert.Contains("\"RollNodes\"", text, StringComparison.Ordinal);
    }
}
