using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dualstack.Gardener.Tests.Access;

/// <summary>An HTTPS server on loopback that answers as a test says and remembers what it was asked.</summary>
internal sealed class ApiPeer : IAsyncDisposable
{
    public const string Version = """{"major":"1","minor":"33","gitVersion":"v1.33.0"}""";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private X509Certificate2 certificate;

    private ApiPeer(X509Certificate2 certificate, Func<HttpContext, ReceivedRequest, Task> answer)
    {
        this.certificate = certificate;
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificateSelector = (_, _) => this.certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        })));
        app = builder.Build();
        app.Run(async context =>
        {
            var received = await ReceiveAsync(context);
            requests.Enqueue(received);
            await answer(context, received);
        });
    }

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public static async Task<ApiPeer> StartAsync(X509Certificate2 certificate, Func<HttpContext, ReceivedRequest, Task>? answer = null)
    {
        var peer = new ApiPeer(certificate, answer ?? ((context, _) => AnswerAsync(context, Version)));
        await peer.app.StartAsync();
        return peer;
    }

    public static Task AnswerAsync(HttpContext context, string json, HttpStatusCode status = HttpStatusCode.OK)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    public static Task RefuseAsync(HttpContext context, HttpStatusCode status, string message = "no") =>
        AnswerAsync(context, $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","code":{{(int)status}},"message":"{{message.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""", status);

    /// <summary>New connections are shown this certificate.</summary>
    public void Show(X509Certificate2 other) => certificate = other;

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static async Task<ReceivedRequest> ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        return new ReceivedRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString.Value,
            context.Request.Protocol,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.Select(value => value ?? string.Empty).ToArray(), StringComparer.OrdinalIgnoreCase),
            body,
            (await context.Connection.GetClientCertificateAsync())?.GetNameInfo(X509NameType.SimpleName, false));
    }
}
