using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>What replay shows of the worker that made the history, and what it does with code that never waits.</summary>
public sealed class ReplayedWorkerTests
{
    [Fact]
    public async Task CurrentDeploymentVersion_WasThatOfTheReplayingWorker()
    {
        VersionWorkflow.Seen = [];
        var history = Histories.FirstTask("Version", "run").With(
        [
            By("one"), Histories.TimerStarted("1"), Histories.Signaled("x"), .. Histories.Task(),
            By("two"), Histories.TimerStarted("2"), Histories.Signaled("x"), .. Histories.Task(),
        ]);
        await Histories.ReplayAsync<VersionWorkflow>(history);
        Assert.Equal([new("blue", "one"), new("blue", "two"), new("blue", "two")], VersionWorkflow.Seen);
    }

    [Fact]
    public async Task EndlessLoop_HungItsReplay()
    {
        LoopWorkflow.Stop = false;
        try
        {
            var e = await Assert.ThrowsAsync<InvalidWorkflowOperationException>(() =>
                Histories.ReplayAsync<LoopWorkflow>(Histories.FirstTask("Loop", "run")).WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Contains("[TMPRL1101]", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            LoopWorkflow.Stop = true;
        }
    }

    private static global::Temporalio.Api.History.V1.HistoryEvent By(string build)
    {
        var completed = Histories.Completed(3, 2, 1);
        completed.WorkflowTaskCompletedEventAttributes.DeploymentVersion = new() { DeploymentName = "blue", BuildId = build };
        return completed;
    }

    [Workflow("Version")]
    public sealed class VersionWorkflow
    {
        internal static List<WorkerDeploymentVersion?> Seen { get; set; } = [];

        [WorkflowRun]
        public async Task RunAsync()
        {
            Note();
            await Workflow.WaitConditionAsync(() => false);
        }

        [WorkflowSignal("x")]
        public Task SignalAsync()
        {
            if (Seen.Count == 2)
            {
                Seen.Add(Workflow.CurrentDeploymentVersion);
                return Task.CompletedTask;
            }

            Note();
            return Task.CompletedTask;
        }

        private static void Note()
        {
            Seen.Add(Workflow.CurrentDeploymentVersion);
            _ = Workflow.DelayAsync(1000);
        }
    }

    [Workflow("Loop")]
    public sealed class LoopWorkflow
    {
        internal static bool Stop
        {
            get => Volatile.Read(ref stop);
            set => Volatile.Write(ref stop, value);
        }

        private static bool stop;

        [WorkflowRun]
        public async Task RunAsync()
        {
            while (!Stop)
            {
                await Workflow.RunTaskAsync(() => Task.CompletedTask);
            }
        }
    }
}
