namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>What the garden's audit log must show of every migration, whatever went wrong on the way.</summary>
public static class AuditAssert
{
    /// <summary>
    /// Every decision was written once, what comes first and the end of the marks once, and the nodes were asked to be replaced as often as said.
    /// </summary>
    public static void EachWriteOnce(string shoot, IReadOnlyList<AuditRecord> writes, int rollouts, WriteStep first = WriteStep.IpFamilies)
    {
        var twice = writes.Where(write => write.Intent is not null).GroupBy(write => write.Intent).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.True(!twice.Any(), $"{shoot}: written more than once: {string.Join(", ", twice)}");
        Assert.All(writes, write => Assert.Equal("dualstack", write.FieldManager));
        Assert.True(writes.All(write => write.Step is not null), $"{shoot}: a write nobody expects: {writes.FirstOrDefault(write => write.Step is null)?.Body}");
        AssertCount(first == WriteStep.IpFamilies ? 1 : 0, WriteStep.IpFamilies);
        AssertCount(first == WriteStep.Mark ? 1 : 0, WriteStep.Mark);
        AssertCount(rollouts, WriteStep.Rollout);
        AssertCount(1, WriteStep.Unmark);
        Assert.Equal(first, writes[0].Step);
        Assert.Equal(WriteStep.Unmark, writes[^1].Step);

        void AssertCount(int expected, WriteStep step)
        {
            var count = writes.Count(write => write.Step == step);
            Assert.True(count == expected, $"{shoot}: {count} writes of the kind {step} instead of {expected}");
        }
    }
}
