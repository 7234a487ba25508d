using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Temporalio.Api.WorkflowService.V1;

namespace Dualstack.Temporalio.Tests.Client;

/// <summary>A server of HTTP/2 that answers gRPC calls as the test says, right or wrong.</summary>
internal sealed class GrpcPeer : IAsyncDisposable
{
    private readonly WebApplication app;

    private GrpcPeer(WebApplication app) => this.app = app;

    internal delegate Task Answer(PeerCall call);

    internal ConcurrentQueue<PeerCall> Calls { get; } = new();

    internal int Port => new Uri(app.Urls.Single()).Port;

    internal string Target => $"127.0.0.1:{Port}";

    internal ConcurrentQueue<string?> ServerNames { get; } = new();

    internal static async Task<GrpcPeer> StartAsync(
        Answer answer, X509Certificate2? certificate = null, X509Certificate2? clientRoot = null, Answer? systemInfo = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        GrpcPeer? peer = null;
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate != null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificateSelector = (_, name) =>
                    {
                        peer!.ServerNames.Enqueue(name);
                        return certificate;
                    };
                    https.ClientCertificateMode = clientRoot == null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (given, _, _) => SignedBy(given, clientRoot);
                });
            }
        }));
        var app = builder.Build();
        peer = new GrpcPeer(app);
        app.Run(async context =>
        {
            var call = await PeerCall.ReadAsync(context);
            peer.Calls.Enqueue(call);
            if (call.Rpc == "GetSystemInfo")
            {
                await (systemInfo ?? (c => c.ReplyAsync(new GetSystemInfoResponse())))(call);
                return;
            }

            await answer(call);
        });
        await app.StartAsync();
        return peer;
    }

    internal IEnumerable<PeerCall> CallsOf(string rpc) => Calls.Where(c => c.Rpc == rpc);

    public async ValueTask DisposeAsync()
    {
        // Calls that are held open on purpose must not hold up the end.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static bool SignedBy(X509Certificate2 certificate, X509Certificate2? root)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(root!);
        return chain.Build(certificate);
    }
}
