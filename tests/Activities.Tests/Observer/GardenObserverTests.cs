using System.Threading.Channels;
using Dualstack.Activities.Observer;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Tests;
using Dualstack.Workflows;
using Dualstack.Workflows.Activities;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dualstack.Activities.Tests.Observer;

public sealed class GardenObserverTests : IAsyncLifetime
{
    private static readonly ObserverPace Fast = new()
    {
        Burst = TimeSpan.FromMilliseconds(20),
        Heartbeat = TimeSpan.FromMilliseconds(20),
        SignalRetry = TimeSpan.FromMilliseconds(50),
    };

    private readonly Channel<(string Shoot, ShootObserved Told)> told = Channel.CreateUnbounded<(string Shoot, ShootObserved Told)>();
    private MigrationBench bench = null!;
    private volatile ObserveGardenInput? position;

    public async Task InitializeAsync() => bench = await MigrationBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task ObserveAsync_DigestChanges_TellsTheMigrationAndOnlyThen()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await using var observer = Observe(new ObserveGardenInput("sim"));

        var first = await NextAsync();
        await bench.Garden.AnnotateAsync(TestGarden.Shop, "example.org/note", "says nothing about the migration");
        await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry");
        var second = await NextAsync();

        Assert.Equal("shoot/sim/garden-retail/shop", first.Shoot);
        Assert.Null(first.Told.Observation!.PendingOperation);
        Assert.Equal("retry", second.Told.Observation!.PendingOperation);
        Assert.NotEqual(first.Told.Digest, second.Told.Digest);
    }

    [Theory]
    [InlineData("closeWatches")]
    [InlineData("expireWatches")]
    public async Task ObserveAsync_WatchBroken_StillTellsOfWhatHappenedMeanwhile(string kind)
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await using var observer = Observe(new ObserveGardenInput("sim") { Namespaces = ["garden-retail"] });
        await NextAsync();

        await bench.Garden.ArmAsync(new { kind });
        await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry");

        Assert.Equal("retry", (await NextAsync()).Told.Observation!.PendingOperation);
    }

    [Fact]
    public async Task ObserveAsync_MarksTakenOff_TellsThatTheShootIsNotSeenAnyMore()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await using var observer = Observe(new ObserveGardenInput("sim"));
        await NextAsync();

        await MigrationBench.RunAsync(() => bench.Marks.ReleaseMarksAsync(new ReleaseMarksInput(MigrationBench.Shop, observer.Uid)));

        Assert.Null((await NextAsync()).Told.Observation);
    }

    [Fact]
    public async Task ObserveAsync_SignalNotTaken_KeepsItsPositionUntilItIs()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        var failures = 3;
        await using var observer = Observe(new ObserveGardenInput("sim"), () => Interlocked.Decrement(ref failures) >= 0);

        await NextAsync();

        Assert.True(failures < 0);
        Assert.Null(observer.PositionAtFirstSignal?.ResourceVersions);
        await PositionAsync();
    }

    [Fact]
    public async Task ObserveAsync_ResumedFromItsPosition_TellsOnlyWhatIsNew()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await using (Observe(new ObserveGardenInput("sim")))
        {
            await NextAsync();
            await PositionAsync();
        }

        await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry");
        await using var resumed = Observe(position!);

        Assert.Equal("retry", (await NextAsync()).Told.Observation!.PendingOperation);
        Assert.False(told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task ObserveAsync_AnotherGarden_EndsWithOneSentence()
    {
        await bench.StuckBeforeTheFirstRunAsync();

        var error = await Assert.ThrowsAsync<GardenException>(() => new GardenObserver(
            bench.Garden.Client, Fast, TimeProvider.System, NullLogger.Instance).ObserveAsync(
                new ObserveGardenInput("other"), (_, _, _) => Task.CompletedTask, _ => { }, CancellationToken.None));

        Assert.Equal(GardenErrorKind.WrongGarden, error.Kind);
    }

    private Observation Observe(ObserveGardenInput start, Func<bool>? fails = null) => new(this, start, fails ?? (() => false));

    private async Task<(string Shoot, ShootObserved Told)> NextAsync() =>
        await told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private async Task PositionAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (position?.ResourceVersions?.ContainsKey(string.Empty) != true)
        {
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    private sealed class Observation : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;

        public Observation(GardenObserverTests test, ObserveGardenInput start, Func<bool> fails)
        {
            Uid = test.bench.ShootAsync().GetAwaiter().GetResult().Uid;
            running = new GardenObserver(test.bench.Garden.Client, Fast, TimeProvider.System, NullLogger.Instance).ObserveAsync(
                start,
                (shoot, told, cancellationToken) =>
                {
                    if (fails())
                    {
                        throw new InvalidOperationException("Temporal is away.");
                    }

                    PositionAtFirstSignal ??= test.position;
                    return test.told.Writer.WriteAsync((shoot.WorkflowId(), told), cancellationToken).AsTask();
                },
                moved => test.position = moved,
                stop.Token);
        }

        public string Uid { get; }

        public ObserveGardenInput? PositionAtFirstSignal { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            try
            {
                await running;
            }
            catch (OperationCanceledException)
            {
                // Asked for.
            }

            stop.Dispose();
        }
    }
}
