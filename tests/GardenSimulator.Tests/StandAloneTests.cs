using System.Diagnostics;

namespace Dualstack.GardenSimulator.Tests;

/// <summary>The garden as a program: what it says when it cannot start.</summary>
public class StandAloneTests
{
    [Theory]
    [InlineData("--speed", "0", 2, "Speed must be greater than 0; 1 is real time.")]
    [InlineData("--gardener-version", "new", 2, "Gardener version \"new\" is not of the form v1.149.3; give one such version.")]
    [InlineData("--shoots", "/nowhere", 1, "/nowhere: there is no such directory; give one with Shoot manifests.")]
    [InlineData("--port", "high", 2, "--port high is not understood.")]
    public async Task BadOption_EndsWithOneSentence(string option, string value, int code, string sentence)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (var argument in new[] { typeof(GardenServer).Assembly.Location, option, value })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(code, process.ExitCode);
        Assert.Equal(sentence, error.Split('\n')[0]);
    }
}
