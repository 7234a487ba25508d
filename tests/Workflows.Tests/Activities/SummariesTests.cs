using System.Text;
using Dualstack.Workflows.Activities;
using FsCheck.Xunit;

namespace Dualstack.Workflows.Tests.Activities;

public sealed class SummariesTests
{
    [Property]
    public bool Summaries_AnyText_FitsIntoTemporalsLimit(string? text) => Encoding.UTF8.GetByteCount(Summaries.Fit(text ?? string.Empty)) <= 200;

    [Fact]
    public void Summaries_LongTextOfWideLetters_IsCutBetweenLetters()
    {
        var summary = Summaries.Fit(string.Concat(Enumerable.Repeat("日", 100)));

        Assert.EndsWith("日…", summary, StringComparison.Ordinal);
        Assert.Equal(198, Encoding.UTF8.GetByteCount(summary));
    }
}
