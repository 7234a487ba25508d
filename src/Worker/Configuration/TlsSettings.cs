namespace Dualstack.Worker.Configuration;

/// <summary>How the connection to Temporal is encrypted. Each certificate is given as a file or as PEM text.</summary>
public sealed record TlsSettings
{
    /// <summary>Whether to encrypt; null to do so if any other TLS setting or an API key is given.</summary>
    public bool? Enabled { get; init; }

    /// <summary>File with the client's certificate, PEM.</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary>The client's certificate, PEM.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>File with the client's private key, PEM.</summary>
    public string? ClientKeyPath { get; init; }

    /// <summary>The client's private key, PEM.</summary>
    public string? ClientKey { get; init; }

    /// <summary>File with the certificate authority that the server's certificate must come from, PEM.</summary>
    public string? ServerCaPath { get; init; }

    /// <summary>The certificate authority, PEM.</summary>
    public string? ServerCa { get; init; }

    /// <summary>The name that the server's certificate must have, if not that of the address.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether anything is given.</summary>
    /// <returns>False if all is left to the defaults.</returns>
    public bool IsGiven() =>
        (ClientCertificatePath ?? ClientCertificate ?? ClientKeyPath ?? ClientKey ?? ServerCaPath ?? ServerCa ?? ServerName) is not null;

    /// <summary>Describes the settings without the key.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Enabled ?? IsGiven() ? "TLS" : "no TLS";
}
