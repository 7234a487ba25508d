namespace Dualstack.Worker.Configuration;

internal static class SettingsReader
{
    public static T Read<T>(IConfiguration configuration, string section)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>(binding => binding.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"Section \"{section}\" of the configuration cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
