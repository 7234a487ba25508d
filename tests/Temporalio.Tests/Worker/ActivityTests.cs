using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

[Collection(WorkerCollection.Name)]
public sealed class ActivityTests(ServerFixture server)
{
    [Fact]
    public Task Activity_ReturnsItsResultToTheWorkflow() => server.WithWorkerAsync(
        options => options.AddWorkflow<GreetingWorkflow>().AddAllActivities<Greetings>(null),
        async scope =>
        {
            var greeting = await scope.Client.ExecuteWorkflowAsync(
                (GreetingWorkflow wf) => wf.RunAsync("Ada"), scope.Options());
            Assert.Equal("Hello, Ada!", greeting);
        });

    [Fact]
    public async Task Activity_IsRetriedByItsPolicy_UntilItSucceeds()
    {
        var flaky = new Flaky(failures: 2);
        await server.WithWorkerAsync(
            options => options.AddWorkflow<FlakyWorkflow>().AddAllActivities(flaky),
            async scope =>
            {
                var attempt = await scope.Client.ExecuteWorkflowAsync((FlakyWorkflow wf) => wf.RunAsync(5), scope.Options());
                Assert.Equal(3, attempt);
            });
        Assert.Equal(3, flaky.Calls);
    }

    [Fact]
    public Task Activity_OutOfAttempts_FailsTheWorkflowWithItsCause() => server.WithWorkerAsync(
        options => options.AddWorkflow<FlakyWorkflow>().AddAllActivities(new Flaky(failures: 10)),
        async scope =>
        {
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(
                () => scope.Client.ExecuteWorkflowAsync((FlakyWorkflow wf) => wf.RunAsync(2), scope.Options()));
            var activity = Assert.IsType<ActivityFailureException>(failed.InnerException);
            Assert.Equal(RetryState.MaximumAttemptsReached, activity.RetryState);
            Assert.Equal("not yet", Assert.IsType<ApplicationFailureException>(activity.InnerException).Message);
        });

    [Fact]
    public Task UnknownActivity_FailsWithTheNamesThatAreKnown() => server.WithWorkerAsync(
        options => options.AddWorkflow<UnknownActivityWorkflow>().AddAllActivities<Greetings>(null),
        async scope =>
        {
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(
                () => scope.Client.ExecuteWorkflowAsync((UnknownActivityWorkflow wf) => wf.RunAsync(), scope.Options()));
            Assert.Contains("available activities: Greet", failed.InnerException!.InnerException!.Message, StringComparison.Ordinal);
        });

    [Fact]
    public async Task CanceledActivity_HearsOfItInItsHeartbeat_AndTheWorkflowWaitsForItsEnd()
    {
        var patient = new Patient();
        await server.WithWorkerAsync(
            options => options.AddWorkflow<PatientWorkflow>().AddAllActivities(patient),
            async scope =>
            {
                var handle = await scope.Client.StartWorkflowAsync((PatientWorkflow wf) => wf.RunAsync(), scope.Options());
                await patient.Started.Task;
                await handle.CancelAsync();
                var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
                Assert.IsType<CanceledFailureException>(failed.InnerException);
            });
        Assert.Equal(ActivityCancelReason.CancelRequested, await patient.Reason.Task);
    }

    public static class Greet
    {
        [Activity("Greet")]
        public static string Hello(string name) => $"Hello, {name}!";
    }

    public sealed class Greetings
    {
        [Activity]
        public static string Greet(string name, string mark = "!") => $"Hello, {name}{mark}";
    }

    [Workflow]
    public sealed class GreetingWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string name) => await Workflow.ExecuteActivityAsync(
            () => Greet.Hello(name), new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(10) });
    }

    [Workflow]
    public sealed class UnknownActivityWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.ExecuteActivityAsync(
            "Nobody",
            [],
            new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(10), RetryPolicy = new() { MaximumAttempts = 1 } });
    }

    public sealed class Flaky(int failures)
    {
        public int Calls { get; private set; }

        [Activity]
        public Task<int> TryAsync()
        {
            Calls++;
            return ActivityExecutionContext.Current.Info.Attempt <= failures
                ? throw new ApplicationFailureException("not yet")
                : Task.FromResult(ActivityExecutionContext.Current.Info.Attempt);
        }
    }

    [Workflow]
    public sealed class FlakyWorkflow
    {
        [WorkflowRun]
        public async Task<int> RunAsync(int attempts) => await Workflow.ExecuteActivityAsync(
            (Flaky flaky) => flaky.TryAsync(),
            new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(10),
                RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromMilliseconds(5), MaximumAttempts = attempts },
            });
    }

    public sealed class Patient
    {
        public TaskCompletionSource Started { get; } = new();

        public TaskCompletionSource<ActivityCancelReason> Reason { get; } = new();

        [Activity]
        public async Task WaitAsync()
        {
            var context = ActivityExecutionContext.Current;
            Started.TrySetResult();
            try
            {
                while (true)
                {
                    context.Heartbeat();
                    await Task.Delay(20, context.CancellationToken);
                }
            }
            finally
            {
                Reason.TrySetResult(context.CancelReason);
            }
        }
    }

    [Workflow]
    public sealed class PatientWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync() => await Workflow.ExecuteActivityAsync(
            (Patient patient) => patient.WaitAsync(),
            new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(30),
                HeartbeatTimeout = TimeSpan.FromMilliseconds(300),
                CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            });
    }
}
