using System.Globalization;
using System.Numerics;

namespace Dualstack.Workflows.Evidence;

/// <summary>Order of resource versions of one object.</summary>
public static class ResourceVersions
{
    /// <summary>Whether a version is older than another.</summary>
    /// <param name="version">The version.</param>
    /// <param name="than">The other.</param>
    /// <returns>False also where they cannot be compared because one is no number.</returns>
    public static bool IsOlder(string version, string than) =>
        BigInteger.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
        && BigInteger.TryParse(than, NumberStyles.None, CultureInfo.InvariantCulture, out var right)
        && left < right;
}
