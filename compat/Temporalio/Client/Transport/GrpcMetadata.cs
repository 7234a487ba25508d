using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;

namespace Temporalio.Client.Transport;

/// <summary>The request headers of a call.</summary>
internal static class GrpcMetadata
{
    private const long LargestTimeoutValue = 99_999_999;
    private const string BinarySuffix = "-bin";

    internal const string ClientName = "temporal-dotnet";

    internal static string ClientVersion { get; } =
        typeof(GrpcMetadata).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    internal static IReadOnlyCollection<KeyValuePair<string, string>> CheckedText(
        IReadOnlyCollection<KeyValuePair<string, string>> metadata)
    {
        foreach (var (key, value) in metadata)
        {
            CheckKey(key);
            if (key.EndsWith(BinarySuffix, StringComparison.Ordinal))
            {
                throw new ArgumentException($"The metadata key '{key}' ends with -bin: give it as binary metadata.", nameof(metadata));
            }

            if (value.Any(c => c is < ' ' or > '~'))
            {
                throw new ArgumentException($"The value of metadata key '{key}' is not printable ASCII: give it as binary metadata.", nameof(metadata));
            }
        }

        return metadata;
    }

    internal static IReadOnlyCollection<KeyValuePair<string, byte[]>> CheckedBinary(
        IReadOnlyCollection<KeyValuePair<string, byte[]>> metadata)
    {
        foreach (var (key, _) in metadata)
        {
            CheckKey(key);
            if (!key.EndsWith(BinarySuffix, StringComparison.Ordinal))
            {
                throw new ArgumentException($"The binary metadata key '{key}' must end with -bin.", nameof(metadata));
            }
        }

        return metadata;
    }

    internal static void Add(HttpRequestHeaders headers, GrpcCall call, ITemporalConnection connection, RpcOptions? options)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["te"] = "trailers",
            ["grpc-accept-encoding"] = "gzip",
            ["user-agent"] = $"{ClientName}/{ClientVersion}",
            ["client-name"] = ClientName,
            ["client-version"] = ClientVersion,
        };
        if (call.Namespace is { } ns && ns.All(c => c is >= ' ' and <= '~'))
        {
            all["temporal-namespace"] = ns;
        }

        if (!string.IsNullOrEmpty(connection.ApiKey))
        {
            all["authorization"] = "Bearer " + connection.ApiKey;
        }

        // The more particular wins: call over connection over what the client sends by itself.
        Merge(all, connection.RpcMetadata, connection.RpcBinaryMetadata);
        Merge(all, CheckedText(options?.Metadata ?? []), CheckedBinary(options?.BinaryMetadata ?? []));
        all["grpc-timeout"] = FormatTimeout(options?.Timeout ?? call.DefaultTimeout);
        foreach (var (key, value) in all)
        {
            headers.TryAddWithoutValidation(key, value);
        }
    }

    internal static string FormatTimeout(TimeSpan timeout)
    {
        var (value, unit) = timeout.TotalMicroseconds <= LargestTimeoutValue ? (timeout.TotalMicroseconds, 'u')
            : timeout.TotalMilliseconds <= LargestTimeoutValue ? (timeout.TotalMilliseconds, 'm')
            : (Math.Min(timeout.TotalSeconds, LargestTimeoutValue), 'S');
        return string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Max(1, value)}{unit}");
    }

    private static void Merge(
        Dictionary<string, string> into,
        IEnumerable<KeyValuePair<string, string>> text,
        IEnumerable<KeyValuePair<string, byte[]>> binary)
    {
        foreach (var (key, value) in text)
        {
            into[key] = value;
        }

        foreach (var (key, value) in binary)
        {
            into[key] = Convert.ToBase64String(value).TrimEnd('=');
        }
    }

    private static void CheckKey(string key)
    {
        if (key.Length == 0 || !key.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.'))
        {
            throw new ArgumentException($"'{key}' is no metadata key: keys are lower-case letters, digits, '-', '_' and '.'.", nameof(key));
        }
    }
}
