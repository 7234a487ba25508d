using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Internal;

namespace Microsoft.Extensions.DependencyInjection;

public static class OpenTelemetryServicesExtensions
{
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType == typeof(TelemetryHostedService)))
        {
            // First in line, so that telemetry runs before any other hosted service starts.
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());
            services.TryAddSingleton<ITelemetryHostInitializer, TelemetryHostInitializer>();
        }

        return new OpenTelemetryBuilder(services);
    }
}
