namespace Dualstack.Worker.Configuration;

/// <summary>The environment variables that Temporal's own tools read, as settings of this program.</summary>
public static class TemporalEnvironment
{
    private const string Tls = "TEMPORAL_TLS";

    private static readonly (string Variable, string Key)[] Names =
    [
        ("TEMPORAL_ADDRESS", nameof(TemporalSettings.Address)),
        ("TEMPORAL_NAMESPACE", nameof(TemporalSettings.Namespace)),
        ("TEMPORAL_API_KEY", nameof(TemporalSettings.ApiKey)),
        (Tls, $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.Enabled)}"),
        ("TEMPORAL_TLS_CLIENT_CERT_PATH", $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.ClientCertificatePath)}"),
        ("TEMPORAL_TLS_CLIENT_CERT_DATA", $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.ClientCertificate)}"),
        ("TEMPORAL_TLS_CLIENT_KEY_PATH", $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.ClientKeyPath)}"),
        ("TEMPORAL_TLS_CLIENT_KEY_DATA", $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.ClientKey)}"),
        ("TEMPORAL_TLS_SERVER_CA_CERT_PATH", $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.ServerCaPath)}"),
        ("TEMPORAL_TLS_SERVER_CA_CERT_DATA", $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.ServerCa)}"),
        ("TEMPORAL_TLS_SERVER_NAME", $"{nameof(TemporalSettings.Tls)}:{nameof(TlsSettings.ServerName)}"),
    ];

    /// <summary>Reads the variables that are set.</summary>
    /// <param name="environment">Gives the value of a variable.</param>
    /// <returns>Settings by configuration key.</returns>
    /// <exception cref="ConfigurationException">A variable asks for something that this program does not do.</exception>
    public static IReadOnlyDictionary<string, string?> Read(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (Truth("TEMPORAL_TLS_DISABLE_HOST_VERIFICATION", environment) == true)
        {
            throw new ConfigurationException(
                "TEMPORAL_TLS_DISABLE_HOST_VERIFICATION is not supported; trust the server with TEMPORAL_TLS_SERVER_CA_CERT_PATH and TEMPORAL_TLS_SERVER_NAME instead.");
        }

        return Names
            .Select(name => (name.Key, Value: name.Variable == Tls ? Truth(Tls, environment)?.ToString() : environment(name.Variable)))
            .Where(setting => !string.IsNullOrEmpty(setting.Value))
            .ToDictionary(setting => $"{TemporalSettings.Section}:{setting.Key}", setting => setting.Value, StringComparer.OrdinalIgnoreCase);
    }

    private static bool? Truth(string variable, Func<string, string?> environment) => environment(variable)?.ToUpperInvariant() switch
    {
        null or "" => null,
        "1" or "TRUE" => true,
        "0" or "FALSE" => false,
        _ => throw new ConfigurationException($"{variable} is \"{environment(variable)}\"; it must be true or false, or 1 or 0."),
    };
}
