using System.Globalization;

namespace Temporalio.DevServer.Grpc;

/// <summary>The grpc-timeout header: up to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    public static TimeSpan? Parse(string? header)
    {
        if (header is not { Length: > 1 and <= 9 } ||
            !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        return header[^1] switch
        {
            'H' => TimeSpan.FromHours(Math.Min(value, 100_000)),
            'M' => TimeSpan.FromMinutes(Math.Min(value, 1_000_000)),
            'S' => TimeSpan.FromSeconds(value),
            'm' => TimeSpan.FromMilliseconds(value),
            'u' => TimeSpan.FromMicroseconds(value),
            'n' => TimeSpan.FromTicks(value / 100),
            _ => null,
        };
    }
}
