using System.Text;
using Dualstack.Worker.Configuration;
using OpenTelemetry.Context.Propagation;
using Temporalio.Client;
using Temporalio.Extensions.OpenTelemetry;

namespace Dualstack.Worker.Temporal;

/// <summary>Turns settings into the Temporal client's own options.</summary>
public static class TemporalConnections
{
    // The default is what OpenTelemetry has set up by now, and in the worker clients are made before that.
    private static readonly TracingInterceptorOptions Tracing = new()
    {
        Propagator = new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]),
    };

    /// <summary>Fills in the options, with tracing from client to activity.</summary>
    /// <param name="options">The options to fill in.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="loggers">Where the client logs; null for nowhere.</param>
    /// <exception cref="ConfigurationException">A certificate or key cannot be read.</exception>
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
                ClientCert = Pem("client certificate", settings.Tls.ClientCertificatePath, settings.Tls.ClientCertificate),
                ClientPrivateKey = Pem("client key", settings.Tls.ClientKeyPath, settings.Tls.ClientKey),
                ServerRootCACert = Pem("certificate authority", settings.Tls.ServerCaPath, settings.Tls.ServerCa),
                Domain = settings.Tls.ServerName,
            };
        }
    }

    private static byte[]? Pem(string what, string? path, string? text)
    {
        try
        {
            return path is not null ? File.ReadAllBytes(path) : text is not null ? Encoding.UTF8.GetBytes(text) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The {what} for Temporal cannot be read from {path}: {e.Message}", e);
        }
    }
}
