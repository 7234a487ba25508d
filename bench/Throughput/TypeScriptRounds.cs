using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dualstack.Bench.Throughput;

/// <summary>The official TypeScript SDK's worker and client, in a process of its own; its start-up is not measured.</summary>
internal static class TypeScriptRounds
{
    public static async Task<Round> RunAsync(string script, string address, string taskQueue, int count, int concurrency)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true };
        foreach (var argument in new[] { script, address, taskQueue, Text(count), Text(concurrency) })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Round>(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!
            : throw new InvalidOperationException($"The TypeScript round failed: {output}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
