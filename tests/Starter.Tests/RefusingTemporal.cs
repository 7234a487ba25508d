using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Dualstack.Starter.Tests;

/// <summary>Answers every call as a Temporal cluster does that does not know who asks.</summary>
internal sealed class RefusingTemporal : IAsyncDisposable
{
    private readonly WebApplication server;

    private RefusingTemporal(WebApplication server) => this.server = server;

    public string Address => new Uri(server.Urls.Single()).Authority;

    public static async Task<RefusingTemporal> StartAsync(int grpcStatus)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var server = builder.Build();
        server.Run(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = grpcStatus.ToString(System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers["grpc-message"] = "Request unauthorized.";
            return Task.CompletedTask;
        });
        await server.StartAsync();
        return new RefusingTemporal(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
