using System.Text.Json;
using Dualstack.Workflows.Activities;
using FsCheck.Xunit;

namespace Dualstack.Workflows.Tests.Activities;

public sealed class SummariesTests
{
    [Property]
    public bool Summaries_AnyText_FitsIntoTemporalsLimit(string? text) => JsonSerializer.SerializeToUtf8Bytes(Summaries.Fit(text ?? string.Empty)).Length <= 200;

    [Fact]
    public void Summaries_LongTextOfWideLetters_IsCutBetweenLetters()
    {
        var summary = Summaries.Fit(string.Concat(Enumerable.Repeat("日", 100)));

        Assert.EndsWith("日...", summary, StringComparison.Ordinal);
        Assert.Equal(32, summary.Count(letter => letter == '日'));
    }
}
