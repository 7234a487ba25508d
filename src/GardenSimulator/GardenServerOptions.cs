namespace Dualstack.GardenSimulator;

/// <summary>How a simulated garden is set up.</summary>
public sealed record GardenServerOptions
{
    /// <summary>The garden's identity: the suffix of every shoot's <c>status.clusterIdentity</c>.</summary>
    public string GardenIdentity { get; init; } = "sim";

    /// <summary>The loopback port to listen on; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Where state, certificates and the admin token are kept; null keeps everything in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// Directories whose <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> files hold the shoots to start with.
    /// A shoot that the data directory already knows keeps its stored state.
    /// </summary>
    public IReadOnlyList<string> ManifestDirectories { get; init; } = [];

    /// <summary>Divides every simulated duration: 60 makes a three-minute reconcile take three seconds. Timestamps stay those of the clock.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The Gardener version whose behaviour is simulated, e.g. <c>v1.149.3</c> or <c>v1.126.0</c>.</summary>
    public string GardenerVersion { get; init; } = "v1.149.3";

    /// <summary>The clock that all state is computed from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long the simulated steps take at speed 1.</summary>
    public GardenTimings Timings { get; init; } = new();

    /// <summary>Which of the two parallel DNS tasks of a run goes first.</summary>
    public DnsTaskOrder DnsTaskOrder { get; init; } = DnsTaskOrder.Random;

    /// <summary>Fixes everything that is random: names, jitter, the order of parallel tasks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many watch events are kept; a watch from before them is answered with 410.</summary>
    public int WatchHistory { get; init; } = 8192;

    /// <summary>How often a watch that asked for bookmarks gets one. Real time, whatever the garden's clock says.</summary>
    public TimeSpan BookmarkPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Users besides the administrator; by default one, <c>viewer</c>, who may only read.</summary>
    public IReadOnlyList<GardenUser> Users { get; init; } = [GardenUser.Viewer];
}
