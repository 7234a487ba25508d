using System.Text.RegularExpressions;
using Temporalio.Client;

namespace Dualstack.EndToEnd.Tests.Migrations;

/// <summary>
/// With <c>DUALSTACK_SAVE_HISTORIES</c> the histories of these tests go to the folder that it names, such as the one from which the
/// workflow tests replay them. Saved histories bind the workflows' code.
/// </summary>
public static partial class SavedHistories
{
    public static async Task SaveAsync(WorkflowHandle migration, string name)
    {
        if (Environment.GetEnvironmentVariable("DUALSTACK_SAVE_HISTORIES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            var history = await migration.FetchHistoryAsync();
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), Neutral(history.ToJson()) + "\n");
        }
    }

    /// <summary>Names of machines and paths on them are nobody's business, and replay needs neither.</summary>
    private static string Neutral(string json) => Identity().Replace(StackTrace().Replace(json, "$1\"\""), "\"1@worker\"");

    [GeneratedRegex(@"(""stackTrace"":\s*)""(?:[^""\\]|\\.)*""")]
    private static partial Regex StackTrace();

    [GeneratedRegex(@"""[0-9]+@[^""]*""")]
    private static partial Regex Identity();
}
