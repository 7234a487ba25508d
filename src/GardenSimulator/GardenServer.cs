using System.Net;
using System.Security.Cryptography;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Hosting;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Manifests;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Dualstack.GardenSimulator;

/// <summary>A garden in this process: the Kubernetes API of Shoots and of their clusters over HTTPS on loopback, and a simulated gardenlet.</summary>
public sealed class GardenServer : IAsyncDisposable
{
    private static readonly TimeSpan PumpPeriod = TimeSpan.FromMilliseconds(20);
    private readonly Garden garden;
    private readonly WebApplication application;
    private readonly CertificateAuthority authority;
    private readonly CancellationTokenSource stopping;
    private readonly Dictionary<string, GardenUser> usersByToken;
    private readonly Task pump;

    private GardenServer(Garden garden, WebApplication application, CertificateAuthority authority, Dictionary<string, GardenUser> usersByToken, CancellationTokenSource stopping)
    {
        this.garden = garden;
        this.application = application;
        this.authority = authority;
        this.usersByToken = usersByToken;
        this.stopping = stopping;
        pump = PumpAsync(stopping.Token);
    }

    /// <summary>Where the garden's API is, e.g. <c>https://127.0.0.1:41234/</c>.</summary>
    public Uri BaseAddress => AddressOf(application);

    /// <summary>The administrator's kubeconfig, as YAML.</summary>
    public string Kubeconfig => KubeconfigFor(GardenUser.Admin.Name);

    /// <summary>The certificate authority that signed the server's certificate, as PEM.</summary>
    public string CertificateAuthorityPem => authority.CertificatePem;

    /// <summary>Starts a garden.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="cancellationToken">Stops the start, not the garden.</param>
    /// <returns>The running garden; disposing stops it.</returns>
    /// <exception cref="ManifestException">A manifest cannot be used.</exception>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public static async Task<GardenServer> StartAsync(GardenServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Speed is <= 0 or double.NaN)
        {
            throw new ArgumentException("Speed must be greater than 0; 1 is real time.", nameof(options));
        }

        var manifests = ManifestLoader.Load(options.ManifestDirectories).ToList();
        var garden = new Garden(options);
        var stopping = new CancellationTokenSource();
        try
        {
            // Whoever connects checks certificates against this machine's clock, not against the garden's.
            var authority = CertificateAuthority.Open(options.DataDirectory, TimeProvider.System);
            var users = Users(options);
            garden.Enter(() => Fill(garden, manifests));
            WebApplication? application = null;
            var handler = new RequestHandler(garden, authority, users, () => AddressOf(application!), stopping.Token);
            application = Build(options.Port, authority, handler);
            await application.StartAsync(cancellationToken);
            return new GardenServer(garden, application, authority, users, stopping);
        }
        catch
        {
            stopping.Dispose();
            garden.Dispose();
            throw;
        }
    }

    /// <summary>A user's kubeconfig, as YAML.</summary>
    /// <param name="user">The name of the administrator (<c>admin</c>) or of one of <see cref="GardenServerOptions.Users"/>.</param>
    /// <returns>The kubeconfig.</returns>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public string KubeconfigFor(string user)
    {
        var token = usersByToken.FirstOrDefault(pair => pair.Value.Name == user).Key
            ?? throw new ArgumentException($"The garden has no user \"{user}\".", nameof(user));
        return KubeconfigText.ForToken(garden.Options.GardenIdentity, BaseAddress, authority.CertificatePem, user, token);
    }

    /// <summary>Writes the administrator's kubeconfig to a file that only its owner may read.</summary>
    /// <param name="path">The file; it is overwritten.</param>
    public void WriteKubeconfig(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        SecretFile.Write(path, Kubeconfig);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await pump;
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await application.StopAsync(patience.Token);
        }

        await application.DisposeAsync();
        garden.Dispose();
        authority.Dispose();
        stopping.Dispose();
    }

    private static void Fill(Garden garden, List<System.Text.Json.Nodes.JsonObject> manifests)
    {
        foreach (var name in new[] { "default", "garden", "gardener-system-public", "kube-system" })
        {
            garden.Namespaces.Ensure(garden, name);
        }

        foreach (var manifest in manifests)
        {
            ShootSeeder.SeedUnlessKnown(garden, manifest);
        }
    }

    private static Dictionary<string, GardenUser> Users(GardenServerOptions options)
    {
        var users = new Dictionary<string, GardenUser>(StringComparer.Ordinal);
        foreach (var user in options.Users.Prepend(GardenUser.Admin))
        {
            var file = options.DataDirectory is null ? null : Path.Combine(options.DataDirectory, $"{user.Name}.token");
            var token = user.Token ?? (file is not null && File.Exists(file) ? File.ReadAllText(file).Trim() : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
            if (file is not null)
            {
                SecretFile.Write(file, token + "\n");
            }

            users[token] = user;
        }

        return users;
    }

    private static WebApplication Build(int port, CertificateAuthority authority, RequestHandler handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 << 20;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = authority.IssueServer();

                    // Only the shoots' APIs ask for a certificate; whose it is, is checked there.
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (_, _, _) => true;
                });
            });
        });
        var application = builder.Build();
        application.Run(handler.HandleAsync);
        return application;
    }

    private static Uri AddressOf(WebApplication application) =>
        new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/') + "/");

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PumpPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    garden.Pump();
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // One shoot's trouble must not stop the garden's clock.
                    await Console.Error.WriteLineAsync($"simulated garden: {exception}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The garden stops.
        }
    }
}
