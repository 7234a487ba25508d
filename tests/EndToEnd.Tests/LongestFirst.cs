using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Dualstack.EndToEnd.Tests.LongestFirst", "EndToEnd.Tests")]

namespace Dualstack.EndToEnd.Tests;

/// <summary>Starts the tests that wait longest first, so that the others fill their pauses.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = ["CrashTests", "SignalTests", "MigrationTests", "DemoTests"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(Rank).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    private static int Rank(ITestCollection collection)
    {
        var rank = Array.FindIndex(Longest, name => collection.DisplayName.Contains(name, StringComparison.Ordinal));
        return rank < 0 ? Longest.Length : rank;
    }
}
