using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Dualstack.Gardener.Access;

/// <summary>What a credential plugin printed.</summary>
internal sealed record PluginCredentials(RequestCredentials Credentials, DateTimeOffset? Expires)
{
    /// <summary>Reads an ExecCredential.</summary>
    /// <exception cref="FormatException">It is none; the message says why, and quotes nothing.</exception>
    public static PluginCredentials Parse(string output, string apiVersion)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            return Read(document.RootElement, apiVersion);
        }
        catch (JsonException)
        {
            throw new FormatException("it did not print JSON");
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("it did not print an ExecCredential");
        }
        catch (CryptographicException)
        {
            throw new FormatException("its client certificate and key cannot be used");
        }
    }

    private static PluginCredentials Read(JsonElement root, string apiVersion)
    {
        if (Text(root, "kind") != "ExecCredential")
        {
            throw new FormatException("it did not print an ExecCredential");
        }

        if (Text(root, "apiVersion") is var version && version != apiVersion)
        {
            throw new FormatException($"it answered with apiVersion {version} where {apiVersion} was asked for");
        }

        if (!root.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("its answer has no status");
        }

        var (token, certificate, key) = (Text(status, "token"), Text(status, "clientCertificateData"), Text(status, "clientKeyData"));
        if (string.IsNullOrEmpty(certificate) != string.IsNullOrEmpty(key))
        {
            throw new FormatException("its answer has a client certificate or a key, but not both");
        }

        if (string.IsNullOrEmpty(token) && string.IsNullOrEmpty(certificate))
        {
            throw new FormatException("its answer has neither a token nor a client certificate");
        }

        var client = string.IsNullOrEmpty(certificate) ? null : ClientCertificate.FromPem(certificate, key!);
        DateTimeOffset? expires = Text(status, "expirationTimestamp") is { Length: > 0 } text
            ? DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw new FormatException("its expirationTimestamp is not a time")
            : client?.NotAfter;
        return new PluginCredentials(
            new RequestCredentials(string.IsNullOrEmpty(token) ? null : new AuthenticationHeaderValue("Bearer", token), client), expires);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
