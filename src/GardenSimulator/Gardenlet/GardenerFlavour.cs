using System.Globalization;
using System.Text.RegularExpressions;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>What a Gardener version does differently from others.</summary>
internal sealed partial class GardenerFlavour
{
    public GardenerFlavour(string version)
    {
        var match = VersionPattern().Match(version);
        if (!match.Success)
        {
            throw new ArgumentException($"Gardener version \"{version}\" is not of the form v1.149.3; give one such version.");
        }

        Version = "v" + version.TrimStart('v');
        Minor = (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1) * 10_000
            + int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
    }

    public string Version { get; }

    private int Minor { get; }

    public bool FamiliesImmutable => Minor < 118;

    /// <summary>Core accepts any change; the check sits in the Network resource, where either family may gain the other.</summary>
    public bool AnyFamilyChange => Minor is >= 118 and < 125;

    public bool WayBack => Minor >= 132;

    public bool RolloutOperation => Minor >= 132;

    public bool HasDnsConstraint => Minor >= 127;

    /// <summary>These versions add the DNS constraint to dual-stack shoots again at every start of a run.</summary>
    public bool DnsConstraintFlaps => Minor is 132 or 133;

    public bool RestartsDnsOnlyIfNeeded => Minor >= 134;

    public bool MaskSizeIPv6 => Minor >= 138;

    public string InitialNodesStatus => Minor >= 123 ? "Progressing" : "False";

    public string PendingNodesStatus => Minor >= 126 ? "Progressing" : "False";

    public bool OldNodeTexts => Minor < 132;

    [GeneratedRegex(@"^v?(\d+)\.(\d+)\.\d+")]
    private static partial Regex VersionPattern();
}
