using System.Globalization;

namespace Dualstack.Gardener.Shoots;

/// <summary>A Gardener release as found in <c>status.gardener.version</c>. Pre-releases count as their release: they already behave like it.</summary>
/// <param name="Major">First number.</param>
/// <param name="Minor">Second number.</param>
/// <param name="Patch">Third number.</param>
public readonly record struct GardenerVersion(int Major, int Minor, int Patch) : IComparable<GardenerVersion>
{
    /// <summary>The first release with the dual-stack migration.</summary>
    public static readonly GardenerVersion Migration = new(1, 118, 0);

    /// <summary>The first release that tells the migration of the cluster DNS with a constraint.</summary>
    public static readonly GardenerVersion DnsConstraint = new(1, 127, 0);

    /// <summary>The first release that rolls worker pools on request.</summary>
    public static readonly GardenerVersion RolloutOperation = new(1, 132, 0);

    /// <summary>Whether the left release is older.</summary>
    public static bool operator <(GardenerVersion left, GardenerVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left release is newer.</summary>
    public static bool operator >(GardenerVersion left, GardenerVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left release is older or the same.</summary>
    public static bool operator <=(GardenerVersion left, GardenerVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left release is newer or the same.</summary>
    public static bool operator >=(GardenerVersion left, GardenerVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>v1.149.3</c>, with or without the <c>v</c>, the patch number and a suffix such as <c>-dev-b312835</c>.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="version">The version, if the text held one.</param>
    /// <returns>Whether the text held a version.</returns>
    public static bool TryParse(string? text, out GardenerVersion version)
    {
        version = default;
        var numbers = (text ?? string.Empty).TrimStart('v').Split('-', '+')[0].Split('.');
        if (numbers.Length is < 2 or > 3 || !Number(numbers[0], out var major) || !Number(numbers[1], out var minor))
        {
            return false;
        }

        var patch = 0;
        if (numbers.Length == 3 && !Number(numbers[2], out patch))
        {
            return false;
        }

        version = new GardenerVersion(major, minor, patch);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(GardenerVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Gives the form that Gardener writes.</summary>
    /// <returns>For example <c>v1.149.3</c>.</returns>
    public override string ToString() => $"v{Major}.{Minor}.{Patch}";

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
