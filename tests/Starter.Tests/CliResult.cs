namespace Dualstack.Starter.Tests;

internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts that the command was refused with a sentence and nothing else.</summary>
    public void IsRefused(int exitCode, params string[] says)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}: {this}");
        Assert.Empty(Output);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (var text in says)
        {
            Assert.Contains(text, Error, StringComparison.Ordinal);
        }
    }

    public void Succeeds() => Assert.True(ExitCode == 0, ToString());
}
