namespace Dualstack.Starter.Servers;

/// <summary>How the embedded servers are set up. Port 0 takes any free one.</summary>
internal sealed record LocalServersOptions
{
    public required string DataDirectory { get; init; }

    public string Namespace { get; init; } = "default";

    public int TemporalPort { get; init; }

    public int UiPort { get; init; }

    public int GardenPort { get; init; }

    public string GardenIdentity { get; init; } = "sim";

    public double Speed { get; init; } = 1;

    public string? GardenerVersion { get; init; }

    public IReadOnlyList<string> ShootDirectories { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
