using System.Text.RegularExpressions;
using Dualstack.Workflows.Tests.Garden;
using Temporalio.Common;
using Temporalio.Worker;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>Saved histories bind the workflow: a change that does not replay them would break migrations that are under way.</summary>
public sealed partial class ReplayTests(TimeSkippingFixture fixture) : IClassFixture<TimeSkippingFixture>
{
    private static readonly WorkflowReplayer Replayer = new(new WorkflowReplayerOptions().AddWorkflow<ShootMigrationWorkflow>());

    public static TheoryData<string> Histories { get; } =
        [.. Directory.EnumerateFiles(HistoryFolder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task SavedHistory_Replayed_IsFollowed(string name)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(HistoryFolder(), $"{name}.json"));

        await Replayer.ReplayWorkflowAsync(WorkflowHistory.FromJson(name, json));
    }

    [Theory]
    [InlineData("by-hand", RolloutMode.Manual, false)]
    [InlineData("on-approval", RolloutMode.OnApproval, false)]
    [InlineData("continued", RolloutMode.Manual, true)]
    public async Task FreshHistory_Replayed_IsFollowed(string name, RolloutMode mode, bool continueAsNew)
    {
        await TestMigration.RunAsync(fixture.Environment, new ScriptedGarden(), async migration =>
        {
            await migration.UntilAsync(status => status.WaitingFor is WaitingFor.Operator or WaitingFor.Approval);
            if (mode == RolloutMode.OnApproval)
            {
                await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ApproveAsync(migration.Ask()));
            }
            else
            {
                await migration.Latest().ExecuteUpdateAsync(workflow => workflow.PauseAsync(migration.Ask("p")));
                await migration.Latest().ExecuteUpdateAsync(workflow => workflow.ResumeAsync(migration.Ask("r")));
                await migration.Latest().SignalAsync(MessageNames.NodeRolloutCompleted, [new { by = "ann" }]);
                migration.Garden.AnnotateByHand("rollout-workers=*");
            }

            await migration.ResultAsync();
            var history = await migration.Latest().FetchHistoryAsync();
            await Replayer.ReplayWorkflowAsync(history);
            await SaveIfAskedAsync(name, history);
        }, mode, continueAsNew);
    }

    // DUALSTACK_SAVE_HISTORIES=<folder> saves new ones, to be named after the version that recorded them.
    private static async Task SaveIfAskedAsync(string name, WorkflowHistory history)
    {
        if (Environment.GetEnvironmentVariable("DUALSTACK_SAVE_HISTORIES") is { Length: > 0 } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), Neutral(history.ToJson()) + "\n");
        }
    }

    // Names of machines and paths on them are nobody's business, and replay needs neither.
    private static string Neutral(string json) => Identity().Replace(StackTrace().Replace(json, "$1\"\""), "\"1@worker\"");

    [GeneratedRegex(@"(""stackTrace"":\s*)""(?:[^""\\]|\\.)*""")]
    private static partial Regex StackTrace();

    [GeneratedRegex(@"""[0-9]+@[^""]*""")]
    private static partial Regex Identity();

    private static string HistoryFolder() => Path.Combine(AppContext.BaseDirectory, "Histories");
}
