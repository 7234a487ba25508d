using System.Globalization;

namespace Dualstack.Workflows.Evidence;

/// <summary>Major and minor version of Gardener, as far as its behaviour in a migration depends on them.</summary>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
public readonly record struct GardenerRelease(int Major, int Minor) : IComparable<GardenerRelease>
{
    /// <summary>The first in which families can be added to a shoot.</summary>
    public static readonly GardenerRelease Migration = new(1, 118);

    /// <summary>The first that migrates the cluster DNS in steps of its own.</summary>
    public static readonly GardenerRelease DnsConstraint = new(1, 127);

    /// <summary>The first that replaces nodes on request.</summary>
    public static readonly GardenerRelease RolloutOperation = new(1, 132);

    /// <summary>The first that puts the DNS constraint on shoots that are done, in the middle of each run.</summary>
    public static readonly GardenerRelease FlappingDnsConstraint = new(1, 132);

    /// <summary>The first that does so no more.</summary>
    public static readonly GardenerRelease SteadyDnsConstraint = new(1, 134);

    /// <summary>Whether one is older.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if the left is older.</returns>
    public static bool operator <(GardenerRelease left, GardenerRelease right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is newer.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if the left is newer.</returns>
    public static bool operator >(GardenerRelease left, GardenerRelease right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is older or the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if the left is not newer.</returns>
    public static bool operator <=(GardenerRelease left, GardenerRelease right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is newer or the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if the left is not older.</returns>
    public static bool operator >=(GardenerRelease left, GardenerRelease right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a version such as <c>v1.149.3</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The release; null if the text is none.</returns>
    public static GardenerRelease? Parse(string? text) =>
        text?.TrimStart('v').Split('.') is [var major, var minor, ..]
        && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new GardenerRelease(first, second)
            : null;

    /// <summary>Whether a version replaces on request the nodes of pools that are spread over several zones.</summary>
    /// <param name="text">The version, such as <c>v1.149.3</c>.</param>
    /// <returns>False for the first patches of 1.132, 1.133 and 1.134, which take one zone a pool; true also where the text is none.</returns>
    /// <remarks>gardener/gardener#13670 and its ports.</remarks>
    public static bool RollsSeveralZones(string? text) =>
        !Version.TryParse(text?.TrimStart('v').Split('-', '+')[0], out var version)
        || version is not ({ Major: 1, Minor: 132, Build: < 5 } or { Major: 1, Minor: 133, Build: < 4 } or { Major: 1, Minor: 134, Build: < 3 });

    /// <inheritdoc/>
    public int CompareTo(GardenerRelease other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
