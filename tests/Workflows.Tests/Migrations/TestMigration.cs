using Dualstack.Workflows.Tests.Garden;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>One migration of a scripted garden's shoot, with a worker of its own.</summary>
public sealed class TestMigration
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly WorkflowEnvironment environment;

    private TestMigration(WorkflowEnvironment environment, ScriptedGarden garden, ScriptedActivities activities, ShootMigrationRequest request)
    {
        this.environment = environment;
        Garden = garden;
        Activities = activities;
        Request = request;
    }

    public ScriptedGarden Garden { get; }

    public ScriptedActivities Activities { get; }

    public ShootMigrationRequest Request { get; }

    public ITemporalClient Client => environment.Client;

    public WorkflowHandle<ShootMigrationWorkflow, ShootMigrationResult> Handle { get; private set; } = null!;

    public static async Task RunAsync(
        WorkflowEnvironment environment,
        ScriptedGarden garden,
        Func<TestMigration, Task> test,
        RolloutMode mode = RolloutMode.Manual,
        bool continueAsNew = false,
        MigrationSettings? settings = null,
        bool fromOutside = false,
        string? failWith = null,
        bool workersApart = false)
    {
        var name = $"s{Guid.NewGuid():N}"[..12];
        var request = new ShootMigrationRequest
        {
            Shoot = new ShootKey($"g-{name}", "garden-test", name),
            Rollout = mode,
            RequestedBy = "tester",
            Settings = (settings ?? new MigrationSettings()) with { ContinueAsNewAtEveryWait = continueAsNew },
        };
        var activities = new ScriptedActivities(garden) { FailWith = failWith };
        var migration = new TestMigration(environment, garden, activities, request);
        // In production workflows and activities have queues of their own; here one worker serves both of this test.
        var workflows = workersApart ? $"workflows-{name}" : TaskQueues.Garden(request.Shoot.Garden);
        var options = new TemporalWorkerOptions(workflows).AddWorkflow<ShootMigrationWorkflow>();
        using var worker = new TemporalWorker(environment.Client, workersApart ? options : options.AddAllActivities(activities));
        await worker.ExecuteAsync(async () =>
        {
            migration.Handle = await environment.Client.StartWorkflowAsync(
                (ShootMigrationWorkflow workflow) => workflow.RunAsync(request),
                new WorkflowOptions(request.Shoot.WorkflowId(), workflows)
                {
                    TypedSearchAttributes = fromOutside ? null : MigrationSearchAttributes.AtStart(request.Shoot, await migration.NowAsync()),
                });
            try
            {
                await test(migration).WaitAsync(Patience);
            }
            finally
            {
                await migration.TerminateAsync();
            }
        });
    }

    public Task<ShootMigrationResult> ResultAsync() => Handle.GetResultAsync();

    /// <summary>A handle without a run id, for messages: continuing as new changes the run.</summary>
    public WorkflowHandle<ShootMigrationWorkflow> Latest() => Client.GetWorkflowHandle<ShootMigrationWorkflow>(Request.Shoot.WorkflowId());

    public Task<ShootMigrationStatus> StatusAsync() => Latest().QueryAsync(workflow => workflow.Status);

    public async Task<DateTimeOffset> NowAsync() => new(await environment.GetCurrentTimeAsync(), TimeSpan.Zero);

    /// <summary>Does something while a worker of the garden runs, and none before and after; for migrations whose workers are apart.</summary>
    public async Task WithGardenWorkerAsync(Func<Task> work)
    {
        using var worker = new TemporalWorker(
            environment.Client, new TemporalWorkerOptions(TaskQueues.Garden(Request.Shoot.Garden)).AddAllActivities(Activities));
        await worker.ExecuteAsync(work);
    }

    /// <summary>Skips time until the migration shows what is expected of it.</summary>
    public async Task<ShootMigrationStatus> UntilAsync(Func<ShootMigrationStatus, bool> condition, TimeSpan? step = null)
    {
        ShootMigrationStatus? status = null;
        for (var turn = 0; turn < 300; turn++)
        {
            status = await StatusAsync();
            if (condition(status))
            {
                return status;
            }

            await environment.DelayAsync(step ?? TimeSpan.FromSeconds(20));
        }

        throw new TimeoutException($"The migration did not get there: {status?.Stage}, waits for {status?.WaitingFor}: {status?.Sentence}");
    }

    public Task SkipAsync(TimeSpan time) => environment.DelayAsync(time);

    public OperatorRequest Ask(string id = "r1", params string[] pools) => new() { RequestId = id, By = "ann", Reason = "test", Pools = pools };

    // One that stays open without a worker would hold the clock of the tests after it.
    private async Task TerminateAsync()
    {
        try
        {
            await Latest().TerminateAsync("The test has ended.");
        }
        catch (RpcException exception) when (exception.Code == RpcException.StatusCode.NotFound)
        {
            // It ended by itself.
        }
    }

    public async Task<int> EventCountAsync() => (await EventsAsync()).Count;

    /// <summary>The events of all runs, the first run's first.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> EventsAsync()
    {
        List<HistoryEvent> events = [];
        for (var run = Handle.ResultRunId; run is { Length: > 0 };)
        {
            events.AddRange((await Client.GetWorkflowHandle(Handle.Id, run).FetchHistoryAsync()).Events);
            run = events[^1].WorkflowExecutionContinuedAsNewEventAttributes?.NewExecutionRunId;
        }

        return events;
    }
}
