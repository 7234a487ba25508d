namespace Dualstack.EndToEnd.Tests.Installations;

/// <summary>How an installation is set up.</summary>
public sealed record InstallationOptions
{
    /// <summary>Fills the directory of manifests.</summary>
    public required Action<string> Shoots { get; init; }

    /// <summary>Divides the simulated durations.</summary>
    public int Speed { get; init; } = 300;

    /// <summary>Whether a worker runs from the start.</summary>
    public bool Worker { get; init; } = true;

    /// <summary>Variables of all processes, besides those that name the servers.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether the worker reaches Temporal through <see cref="BlackHoleProxy"/>.</summary>
    public bool Proxy { get; init; }
}
