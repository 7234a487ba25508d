namespace Dualstack.Worker.Configuration;

/// <summary>The environment variables that name the garden, the same for the worker and the command line.</summary>
internal static class GardenEnvironment
{
    public static IEnumerable<KeyValuePair<string, string?>> Read(Func<string, string?> environment) =>
        environment("DUALSTACK_GARDEN") is { Length: > 0 } identity
            ? [KeyValuePair.Create<string, string?>($"{GardenSettings.Section}:{nameof(GardenSettings.Identity)}", identity)]
            : [];
}
