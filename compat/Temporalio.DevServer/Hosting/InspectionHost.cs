using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Inspection;

namespace Temporalio.DevServer.Hosting;

/// <summary>The inspection page at its own port.</summary>
internal static class InspectionHost
{
    public static async Task<WebApplication> StartAsync(EngineCore engine, IPAddress address, int port, string defaultNamespace, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        var application = builder.Build();
        application.MapInspection(new EngineInspectionSource(engine), defaultNamespace);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return application;
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
