using Temporalio.Client;

namespace Dualstack.EndToEnd.Tests.Migrations;

/// <summary>
/// With <c>DUALSTACK_SAVE_HISTORIES=1</c> the histories of these tests go to the folder from which the workflow tests replay them.
/// They bind the workflows' code: replace one only together with the reason why older ones need not replay.
/// </summary>
public static class SavedHistories
{
    public static async Task SaveAsync(WorkflowHandle migration, string name)
    {
        if (Environment.GetEnvironmentVariable("DUALSTACK_SAVE_HISTORIES") != "1")
        {
            return;
        }

        var directory = Directory.CreateDirectory(Repository.PathOf("tests", "Workflows.Tests", "Histories"));
        var history = await migration.FetchHistoryAsync();
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, $"{name}.json"), history.ToJson() + "\n");
    }
}
