using Dualstack.Starter.Cli;

namespace Dualstack.Starter.Servers;

/// <summary>Where the manifests of simulated shoots are.</summary>
internal static class ShootDirectory
{
    public static IReadOnlyList<string> Resolve(string[]? given)
    {
        if (given is not { Length: > 0 })
        {
            return [Path.Combine(AppContext.BaseDirectory, "shoots")];
        }

        return given.FirstOrDefault(directory => !Directory.Exists(directory)) is { } missing
            ? throw new CliException(ExitCode.Usage, $"There is no directory {missing} with shoot manifests.")
            : given;
    }
}
