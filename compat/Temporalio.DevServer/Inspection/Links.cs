using System.Text.Encodings.Web;

namespace Temporalio.DevServer.Inspection;

/// <summary>Addresses of the pages. Workflow ids contain slashes, so they travel as query parameters.</summary>
internal static class Links
{
    public static string Workflows(string @namespace, string? query = null, string? pageToken = null) =>
        $"/workflows?namespace={Encode(@namespace)}"
        + (string.IsNullOrEmpty(query) ? "" : $"&query={Encode(query)}")
        + (string.IsNullOrEmpty(pageToken) ? "" : $"&page={Encode(pageToken)}");

    public static string Workflow(string @namespace, string workflowId, string runId) =>
        $"/workflow?{Execution(@namespace, workflowId, runId)}";

    public static string HistoryJson(string @namespace, string workflowId, string runId) =>
        $"/workflow/history.json?{Execution(@namespace, workflowId, runId)}";

    private static string Execution(string @namespace, string workflowId, string runId) =>
        $"namespace={Encode(@namespace)}&id={Encode(workflowId)}&run={Encode(runId)}";

    private static string Encode(string value) => UrlEncoder.Default.Encode(value);
}
