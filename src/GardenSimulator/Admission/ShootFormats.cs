using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Admission;

/// <summary>Checks texts that have a format of their own: address ranges, and numbers that may be percentages.</summary>
internal static partial class ShootFormats
{
    public static IEnumerable<FieldError> Check(JsonObject shoot) => Ranges(shoot).Concat(Surges(shoot));

    private static IEnumerable<FieldError> Ranges(JsonObject shoot)
    {
        var families = Families.Of(shoot);
        foreach (var field in new[] { "nodes", "pods", "services" })
        {
            if (shoot.Text("spec", "networking", field) is not { Length: > 0 } range)
            {
                continue;
            }

            var path = $"spec.networking.{field}";
            if (range.Split('/') is not [var start, _] || !IPAddress.TryParse(start, out var address) || !IPNetwork.TryParse(range, out var network))
            {
                yield return FieldError.Invalid(path, $"\"{range}\"", $"invalid CIDR address: {range}");
            }
            else if (!network.BaseAddress.Equals(address))
            {
                yield return FieldError.Invalid(path, $"\"{range}\"", "must be valid canonical CIDR");
            }
            else if (families is [var family] && (address.AddressFamily == AddressFamily.InterNetworkV6) != (family == Families.IPv6))
            {
                yield return FieldError.Invalid(path, $"\"{range}\"", $"must be a valid {family} address");
            }
        }
    }

    private static IEnumerable<FieldError> Surges(JsonObject shoot)
    {
        var index = 0;
        foreach (var worker in shoot.Objects("spec", "provider", "workers"))
        {
            foreach (var field in new[] { "maxSurge", "maxUnavailable" })
            {
                var path = $"spec.provider.workers[{index}].{field}";
                if (worker[field] is { } text && text.GetValueKind() == JsonValueKind.String && !Percentage().IsMatch(text.Text()!))
                {
                    yield return FieldError.Invalid(path, $"\"{text.Text()}\"", "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%')");
                }
                else if (worker.Number(field) < 0)
                {
                    yield return FieldError.Invalid(path, worker.Text(field)!, "must be greater than or equal to 0");
                }
            }

            index++;
        }
    }

    [GeneratedRegex("^[0-9]{1,3}%$")]
    private static partial Regex Percentage();
}
