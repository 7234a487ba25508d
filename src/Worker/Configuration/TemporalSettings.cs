namespace Dualstack.Worker.Configuration;

/// <summary>Which Temporal cluster to connect to, and how.</summary>
public sealed record TemporalSettings
{
    /// <summary>The section that holds them.</summary>
    public const string Section = "Temporal";

    /// <summary>Host and port of the cluster's frontend.</summary>
    public string Address { get; init; } = "127.0.0.1:7233";

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The API key; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Encryption.</summary>
    public TlsSettings Tls { get; init; } = new();

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static TemporalSettings Read(IConfiguration configuration)
    {
        var settings = SettingsReader.Read<TemporalSettings>(configuration, Section);
        if (!IsHostAndPort(settings.Address))
        {
            throw new ConfigurationException(
                $"The Temporal address \"{settings.Address}\" is not of the form host:port; set it with --address or TEMPORAL_ADDRESS, for example 127.0.0.1:7233.");
        }

        if (string.IsNullOrWhiteSpace(settings.Namespace))
        {
            throw new ConfigurationException("The Temporal namespace is empty; set it with --namespace or TEMPORAL_NAMESPACE.");
        }

        return (settings.Tls.ClientCertificatePath ?? settings.Tls.ClientCertificate) is null == (settings.Tls.ClientKeyPath ?? settings.Tls.ClientKey) is null
            ? settings
            : throw new ConfigurationException(
                "A client certificate and its key belong together; set both TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH, or neither.");
    }

    /// <summary>Describes the settings without the API key.</summary>
    /// <returns>Address and namespace.</returns>
    public override string ToString() => $"{Address}, namespace {Namespace}";

    private static bool IsHostAndPort(string address) =>
        !address.Contains("://", StringComparison.Ordinal)
        && Uri.TryCreate($"tcp://{address}", UriKind.Absolute, out var uri)
        && uri is { Host.Length: > 0, Port: > 0, PathAndQuery: "/" or "" };
}
