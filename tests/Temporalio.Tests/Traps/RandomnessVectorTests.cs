using Dualstack.Temporalio.Tests.Worker;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Traps;

/// <summary>Seeds and draws are those of the official core, bit for bit: histories of either SDK replay in the other.</summary>
public sealed class RandomnessVectorTests
{
    [Fact]
    public void Random_OfTheDocumentedSeed_DrawsTheDocumentedNumbers()
    {
        var random = new DeterministicRandom(1234);
        Assert.Equal([1683900913, 1152499422, 853145492], new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Random_OfTheSeedFromTheOfficialCore_DrawsItsNumbers()
    {
        var random = new DeterministicRandom(12935844436703046519);
        Assert.Equal([1149105444, 436166054], new[] { random.Next(), random.Next() });
        Assert.Equal(0.5665283025091266, new DeterministicRandom(12935844436703046519).NextDouble());
    }

    [Fact]
    public void Random_RefusesSpans_AsTheOfficialClassDoes() =>
        Assert.Throws<NotImplementedException>(() => new DeterministicRandom(1).NextBytes(new byte[4].AsSpan()));

    [Fact]
    public async Task NewGuid_OfAKnownOriginalRun_IsTheOneThatTheOfficialSdkMakes()
    {
        // A history of a run whose original run id is that of the vector, up to its first task.
        var history = Histories.FirstTask("Guids", "66730e93-a1bc-49f5-a462-05aa904dcff7");
        GuidWorkflow.Made = null;
        await Histories.ReplayAsync<GuidWorkflow>(history);
        Assert.Equal(Guid.Parse("88fbea4b-ffb3-4107-b045-ec002b192600"), GuidWorkflow.Made);
    }

    [Fact]
    public async Task SeedOfAKnownOriginalRun_IsTheOneThatTheOfficialCoreHandsOut()
    {
        DrawWorkflow.Drawn = [];
        await Histories.ReplayAsync<DrawWorkflow>(Histories.FirstTask("Draws", "66730e93-a1bc-49f5-a462-05aa904dcff7"));
        Assert.Equal([1149105444, 436166054], DrawWorkflow.Drawn);
    }

    [Fact]
    public async Task SeedAfterAReset_IsMadeOfTheNewRunsId()
    {
        // 17519919364265380485 is SipHash-1-3 of the new run's id and a byte 0xFF; its first two draws were calculated from the published algorithms.
        var history = Histories.FirstTask("DrawsTwice", "66730e93-a1bc-49f5-a462-05aa904dcff7").With(
            [Histories.Completed(), Histories.Signaled("Again"), .. Histories.Task(), Histories.Reset("0193a5c2-7b1e-7c44-9d0a-5e6f7a8b9c0d"), .. Histories.Task()]);
        DrawTwiceWorkflow.Drawn.Clear();
        await Histories.ReplayAsync<DrawTwiceWorkflow>(history);
        Assert.Equal([1149105444, 436166054, 1654122885, 278917265], DrawTwiceWorkflow.Drawn);
    }

    [Workflow("DrawsTwice")]
    public sealed class DrawTwiceWorkflow
    {
        private bool again;

        internal static List<int> Drawn { get; } = [];

        [WorkflowRun]
        public async Task RunAsync()
        {
            Drawn.AddRange([Workflow.Random.Next(), Workflow.Random.Next()]);
            await Workflow.WaitConditionAsync(() => again);
            Drawn.AddRange([Workflow.Random.Next(), Workflow.Random.Next()]);
            await Workflow.WaitConditionAsync(() => false);
        }

        [WorkflowSignal]
        public Task AgainAsync()
        {
            again = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Draws")]
    public sealed class DrawWorkflow
    {
        internal static int[] Drawn { get; set; } = [];

        [WorkflowRun]
        public async Task RunAsync()
        {
            Drawn = [Workflow.Random.Next(), Workflow.Random.Next()];
            await Workflow.WaitConditionAsync(() => false);
        }
    }

    [Workflow("Guids")]
    public sealed class GuidWorkflow
    {
        internal static Guid? Made { get; set; }

        [WorkflowRun]
        public async Task RunAsync()
        {
            Made = Workflow.NewGuid();
            await Workflow.WaitConditionAsync(() => false);
        }
    }
}
