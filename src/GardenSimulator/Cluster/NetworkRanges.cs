using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Cluster;

/// <summary>Address ranges of a shoot, made up where the cloud provider would assign them.</summary>
internal static class NetworkRanges
{
    public static JsonObject Status(JsonObject shoot, ShootState state)
    {
        var provider = shoot.Text("spec", "provider", "type");
        var ipv4 = Families.Of(shoot).Contains(Families.IPv4) || !string.IsNullOrEmpty(shoot.Text("spec", "networking", "pods"));
        var ipv6 = state.InfrastructureDual || Families.Of(shoot) is [Families.IPv6];
        var prefix = Prefix(state.Uid);
        var nodes = new List<string>();
        var pods = new List<string>();
        var services = new List<string>();
        if (ipv4 && Families.Of(shoot) is not [Families.IPv6])
        {
            nodes.Add(shoot.Text("spec", "networking", "nodes") ?? "10.250.0.0/16");
            pods.Add(shoot.Text("spec", "networking", "pods") ?? "100.96.0.0/11");
            services.Add(shoot.Text("spec", "networking", "services") ?? "100.64.0.0/13");
        }

        if (ipv6)
        {
            // AWS lists its IPv6 ranges first.
            var at = provider == "aws" ? 0 : nodes.Count;
            nodes.Insert(at, $"{prefix}00::/56");
            pods.Insert(at, provider == "aws" ? $"{prefix}00::/56" : $"{prefix}20::/64");
            services.Insert(at, $"{prefix}10::/108");
        }

        var egress = shoot.Texts("status", "networking", "egressCIDRs");
        if (egress.Count == 0 && ipv4)
        {
            egress.Add($"18.185.{state.Uid[0] % 200}.{state.Uid[1] % 200}/32");
        }

        if (ipv6 && provider == "aws" && !egress.Contains($"{prefix}00::/56"))
        {
            egress.Add($"{prefix}00::/56");
        }

        return new JsonObject
        {
            ["nodes"] = JsonTree.TextArray(nodes),
            ["pods"] = JsonTree.TextArray(pods),
            ["services"] = JsonTree.TextArray(services),
            ["egressCIDRs"] = JsonTree.TextArray(egress),
        };
    }

    public static List<string> NodePodRanges(JsonObject shoot, ShootState state, int number, int count)
    {
        var families = Families.Of(shoot);
        var ranges = new List<string>();
        if (families[0] == Families.IPv4)
        {
            ranges.Add(IPv4Range(shoot.Text("spec", "networking", "pods") ?? "100.96.0.0/11", number));
        }

        if (count == 2 || families[0] == Families.IPv6)
        {
            ranges.Add(string.Create(CultureInfo.InvariantCulture, $"{Prefix(state.Uid)}01:{number:x}::/80"));
        }

        return ranges;
    }

    public static List<string> NodeAddresses(JsonObject shoot, ShootState state, int number, int count)
    {
        var addresses = new List<string>();
        var families = Families.Of(shoot);
        if (families[0] == Families.IPv4)
        {
            addresses.Add(string.Create(CultureInfo.InvariantCulture, $"10.250.{number / 250 % 250}.{(number % 250) + 4}"));
        }

        if (count == 2 || families[0] == Families.IPv6)
        {
            addresses.Add(string.Create(CultureInfo.InvariantCulture, $"{Prefix(state.Uid)}00::{number:x}"));
        }

        return addresses;
    }

    /// <summary>Addresses of a pod on a node; one for each of the node's ranges, up to the given number.</summary>
    public static List<string> PodAddresses(IReadOnlyList<string> ranges, int number, int families)
    {
        var addresses = new List<string>();
        foreach (var range in ranges.Take(families))
        {
            var start = range[..range.IndexOf('/', StringComparison.Ordinal)];
            addresses.Add(start.Contains(':', StringComparison.Ordinal)
                ? string.Create(CultureInfo.InvariantCulture, $"{start}{number + 2:x}")
                : string.Create(CultureInfo.InvariantCulture, $"{start[..start.LastIndexOf('.')]}.{(number % 250) + 2}"));
        }

        return addresses;
    }

    /// <summary>The cluster IPs at an offset of the service ranges, in the order of the shoot's families.</summary>
    public static List<string> ServiceAddresses(JsonObject shoot, ShootState state, int offset, int count)
    {
        var families = Families.Of(shoot);
        var addresses = new List<string>();
        foreach (var family in families.Count >= count ? families : [.. families, Families.IPv6])
        {
            if (addresses.Count == count)
            {
                break;
            }

            if (family == Families.IPv4)
            {
                var services = shoot.Text("spec", "networking", "services") ?? "100.64.0.0/13";
                var start = services[..services.IndexOf('/', StringComparison.Ordinal)];
                addresses.Add(start.Contains(':', StringComparison.Ordinal)
                    ? string.Create(CultureInfo.InvariantCulture, $"100.64.0.{offset}")
                    : string.Create(CultureInfo.InvariantCulture, $"{start[..start.LastIndexOf('.')]}.{offset}"));
            }
            else
            {
                addresses.Add(string.Create(CultureInfo.InvariantCulture, $"{Prefix(state.Uid)}10::{offset:x}"));
            }
        }

        return addresses;
    }

    /// <summary>The first 56 bits of the shoot's own IPv6 block, without its last two digits.</summary>
    private static string Prefix(string uid)
    {
        var hash = StableRandom.Hash(0, uid, "ipv6", 0);
        return string.Create(CultureInfo.InvariantCulture, $"2600:1f18:{(hash & 0x7FFF) + 0x1000:x}:{((hash >> 16) & 0x7F) + 0x80:x}");
    }

    private static string IPv4Range(string pods, int number)
    {
        // A dual-stack shoot may name its range of the second family only; the first one is then a default.
        pods = pods.Contains(':', StringComparison.Ordinal) ? "100.96.0.0/11" : pods;
        var parts = pods[..pods.IndexOf('/', StringComparison.Ordinal)].Split('.');
        var second = int.Parse(parts[1], CultureInfo.InvariantCulture) + (number / 256);
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}.{second % 256}.{number % 256}.0/24");
    }
}
