using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dualstack.Worker.Configuration;
using OpenTelemetry.Context.Propagation;
using Temporalio.Client;
using Temporalio.Extensions.OpenTelemetry;

namespace Dualstack.Worker.Temporal;

/// <summary>Turns settings into the Temporal client's own options.</summary>
public static class TemporalConnections
{
    private const string Certificate = "CERTIFICATE";
    private const string PrivateKey = "PRIVATE KEY";

    // The default is what OpenTelemetry has set up by now, and in the worker clients are made before that.
    private static readonly TracingInterceptorOptions Tracing = new()
    {
        Propagator = new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]),
    };

    /// <summary>Fills in the options, with tracing from client to activity.</summary>
    /// <param name="options">The options to fill in.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="loggers">Where the client logs; null for nowhere.</param>
    /// <exception cref="ConfigurationException">A certificate or key cannot be read, or is not PEM.</exception>
    public static void Configure(TemporalClientConnectOptions options, TemporalSettings settings, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        options.TargetHost = settings.Address;
        options.Namespace = settings.Namespace;
        options.ApiKey = string.IsNullOrEmpty(settings.ApiKey) ? null : settings.ApiKey;
        options.Interceptors = [new TracingInterceptor(Tracing)];
        options.LoggerFactory = loggers ?? options.LoggerFactory;
        if (settings.Tls.Enabled ?? (settings.Tls.IsGiven() || options.ApiKey is not null))
        {
            options.Tls = new TlsOptions
            {
                ClientCert = Pem("client certificate", Certificate, settings.Tls.ClientCertificatePath, settings.Tls.ClientCertificate),
                ClientPrivateKey = Pem("client key", PrivateKey, settings.Tls.ClientKeyPath, settings.Tls.ClientKey),
                ServerRootCACert = Pem("certificate authority", Certificate, settings.Tls.ServerCaPath, settings.Tls.ServerCa),
                Domain = settings.Tls.ServerName,
            };
        }
    }

    private static byte[]? Pem(string what, string label, string? path, string? text)
    {
        var from = path is null ? "its variable" : path;
        try
        {
            var pem = path is null ? text : File.ReadAllText(path);
            return pem is null ? null
                : Holds(pem, label) ? Encoding.UTF8.GetBytes(pem)
                : throw new ConfigurationException($"The {what} for Temporal in {from} is not PEM: it holds no {label}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The {what} for Temporal cannot be read from {path}: {e.Message}", e);
        }
        catch (CryptographicException e)
        {
            throw new ConfigurationException($"The {what} for Temporal in {from} cannot be used: {e.Message}", e);
        }
    }

    private static bool Holds(string pem, string label)
    {
        if (label != Certificate)
        {
            return pem.AsSpan() is var rest && PemEncoding.TryFind(rest, out var block) && rest[block.Label].EndsWith(label, StringComparison.Ordinal);
        }

        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }

        return certificates.Count > 0;
    }
}
