using System.Text.Json.Nodes;
using Dualstack.Activities.Observer;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Gardener.Tests;
using Dualstack.GardenSimulator;
using Dualstack.Workflows;
using Dualstack.Workflows.Activities;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;
using GardenKey = Dualstack.Gardener.Shoots.ShootKey;

namespace Dualstack.Activities.Tests.Observer;

/// <summary>Workflow, activity and simulated garden together. The running activity holds the server's clock, so that time is real here.</summary>
public sealed class GardenObserverWorkflowTests : IAsyncLifetime
{
    private static readonly GardenKey Other = new("garden-analytics", "lake");
    private static readonly ObserverPace Fast = new()
    {
        Burst = TimeSpan.FromMilliseconds(20),
        Heartbeat = TimeSpan.FromMilliseconds(20),
        Mending = TimeSpan.FromMilliseconds(50),
        SignalsPerSecond = 2000,
    };

    private const string OneOfMany = """
        apiVersion: core.gardener.cloud/v1beta1
        kind: Shoot
        metadata:
          name: sNUMBER
          namespace: garden-many
          labels: {dualstack.dev/migration: active}
        spec:
          cloudProfile: {kind: CloudProfile, name: aws}
          region: eu-central-1
          purpose: testing
          seedName: aws-eu1
          kubernetes: {version: 1.33.4}
          networking: {ipFamilies: [IPv4]}
          provider: {type: aws}
          hibernation: {enabled: false}
        """;

    private MigrationBench bench = null!;
    private WorkflowEnvironment environment = null!;

    public async Task InitializeAsync()
    {
        environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        bench = await MigrationBench.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await bench.DisposeAsync();
        await environment.DisposeAsync();
    }

    [Fact]
    public async Task Observer_DigestUnchanged_IsNoSignalAndAChangeIsOne()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await ObserveAsync(bench.Garden.Client, async () =>
        {
            var migration = await MigrateAsync(TestGarden.Shop);
            await AssertToldAsync(migration, "none");

            await bench.Garden.AnnotateAsync(TestGarden.Shop, "example.org/note", "says nothing about the migration");
            await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry");

            await AssertToldAsync(migration, "none", "retry");
        });
    }

    [Theory]
    [InlineData("closeWatches")]
    [InlineData("expireWatches")]
    public async Task Observer_WatchBroken_TellsOnceWhatHappenedMeanwhile(string kind)
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await ObserveAsync(bench.Garden.Client, async () =>
        {
            var migration = await MigrateAsync(TestGarden.Shop);
            await AssertToldAsync(migration, "none");

            await bench.Garden.ArmAsync(new { kind });
            await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry");

            await AssertToldAsync(migration, "none", "retry");
        });
    }

    [Fact]
    public async Task Observer_MigrationGone_TellsTheOthersAndLeavesTheLabelAlone()
    {
        await bench.StuckBeforeTheFirstRunAsync();
        await MarkByHandAsync(Other);
        await ObserveAsync(bench.Garden.Client, async () =>
        {
            var other = await MigrateAsync(Other);
            await AssertToldAsync(other, "none");

            await bench.Garden.AnnotateAsync(TestGarden.Shop, GardenNames.OperationAnnotation, "retry");
            await bench.Garden.AnnotateAsync(Other, GardenNames.OperationAnnotation, "retry");
            await AssertToldAsync(other, "none", "retry");

            Assert.True((await bench.ShootAsync()).IsMarked);
            Assert.Equal(WorkflowExecutionStatus.Running, (await Observer().DescribeAsync()).Status);
        });
    }

    [Fact]
    public async Task Observer_MoreShootsThanFitOnAPage_TellsThoseOfTheLastPage()
    {
        const int Shoots = 503;
        var manifests = Directory.CreateTempSubdirectory("dualstack-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(manifests, "many.yaml"),
            string.Join("\n---\n", Enumerable.Range(1, Shoots).Select(number => OneOfMany.Replace("NUMBER", $"{number:000}", StringComparison.Ordinal))));
        await using var server = await GardenServer.StartAsync(new GardenServerOptions { ManifestDirectories = [manifests] });
        Directory.Delete(manifests, recursive: true);
        using var connection = Gardener.Access.GardenConnection.Open(new() { KubeconfigContent = server.KubeconfigFor("admin") });

        await ObserveAsync(new GardenClient(connection.Kubernetes), async () =>
            await AssertToldAsync(await MigrateAsync(new GardenKey("garden-many", $"s{Shoots}")), "none"));
    }

    private WorkflowHandle Observer() => environment.Client.GetWorkflowHandle(GardenObserverWorkflow.WorkflowId("sim"));

    private async Task ObserveAsync(IGarden garden, Func<Task> test)
    {
        var activities = new ObserverActivities(garden, ObserverScope.WholeGarden, Fast, TimeProvider.System, NullLogger<ObserverActivities>.Instance);
        using var worker = new TemporalWorker(
            environment.Client,
            new TemporalWorkerOptions(TaskQueues.Garden("sim"))
                .AddAllActivities(activities)
                .AddWorkflow<GardenObserverWorkflow>()
                .AddWorkflow<ToldMigration>());
        await worker.ExecuteAsync(() => test().WaitAsync(TimeSpan.FromSeconds(60)));
    }

    // The observer starts after the migration, which would otherwise not be there to be told of what is listed.
    private async Task<WorkflowHandle<ToldMigration>> MigrateAsync(GardenKey shoot)
    {
        var key = new Workflows.ShootKey("sim", shoot.Namespace, shoot.Name);
        var migration = await environment.Client.StartWorkflowAsync(
            (ToldMigration workflow) => workflow.RunAsync(), new WorkflowOptions(key.WorkflowId(), TaskQueues.Garden("sim")));
        var input = new ObserveGardenInput("sim");
        await environment.Client.StartWorkflowAsync(
            (GardenObserverWorkflow workflow) => workflow.RunAsync(input),
            new WorkflowOptions(GardenObserverWorkflow.WorkflowId("sim"), TaskQueues.Garden("sim")));
        return migration;
    }

    /// <summary>Waits until as many signals came, and then expects of each the operation that it shows.</summary>
    private static async Task AssertToldAsync(WorkflowHandle<ToldMigration> migration, params string[] operations)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        IReadOnlyList<ShootObserved> told;
        do
        {
            await tick.WaitForNextTickAsync();
            told = await migration.QueryAsync(workflow => workflow.Told);
        }
        while (told.Count < operations.Length);

        Assert.Equal(operations, told.Select(signal => signal.Observation!.PendingOperation ?? "none"));
    }

    private Task MarkByHandAsync(GardenKey shoot) => bench.Garden.PatchAsync(shoot, new JsonObject
    {
        ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [GardenNames.MigrationLabel] = GardenNames.MigrationActive } },
    });
}
