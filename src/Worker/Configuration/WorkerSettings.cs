namespace Dualstack.Worker.Configuration;

/// <summary>All settings of the worker, checked.</summary>
/// <param name="Temporal">Which Temporal cluster.</param>
/// <param name="Garden">Which garden.</param>
/// <param name="Health">Health endpoints.</param>
/// <param name="Limits">Limits.</param>
public sealed record WorkerSettings(TemporalSettings Temporal, GardenSettings Garden, HealthSettings Health, LimitSettings Limits)
{
    /// <summary>Reads and checks the settings.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static WorkerSettings Read(IConfiguration configuration)
    {
        var settings = new WorkerSettings(
            TemporalSettings.Read(configuration),
            SettingsReader.Read<GardenSettings>(configuration, GardenSettings.Section),
            SettingsReader.Read<HealthSettings>(configuration, HealthSettings.Section),
            SettingsReader.Read<LimitSettings>(configuration, LimitSettings.Section));
        Check(settings.Health.Port is >= 0 and <= 65535, "Health:Port", "must be a port, or 0 for any free one");
        Check(settings.Garden.RequestsPerSecond >= 0, "Garden:RequestsPerSecond", "must not be negative");
        Check(settings.Limits.ConcurrentActivities > 1, "Limits:ConcurrentActivities", "must be at least 2, because observing the garden takes one");
        Check(settings.Limits.ConcurrentWorkflowTasks > 1, "Limits:ConcurrentWorkflowTasks", "must be at least 2");
        Check(settings.Limits.CachedWorkflows >= 0, "Limits:CachedWorkflows", "must not be negative");
        Check(settings.Limits.GracefulShutdown >= TimeSpan.Zero, "Limits:GracefulShutdown", "must not be negative");
        return settings;
    }

    private static void Check(bool holds, string setting, string rule)
    {
        if (!holds)
        {
            throw new ConfigurationException($"Setting {setting} {rule}.");
        }
    }
}
