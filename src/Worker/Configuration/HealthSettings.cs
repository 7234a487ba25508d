namespace Dualstack.Worker.Configuration;

/// <summary>Where the worker tells how it is.</summary>
public sealed record HealthSettings
{
    /// <summary>The section that holds them.</summary>
    public const string Section = "Health";

    /// <summary>The loopback port; 0 for any free one.</summary>
    public int Port { get; init; } = 8081;
}
