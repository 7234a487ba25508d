namespace Dualstack.Gardener.Access;

/// <summary>Which API server to connect to, as whom, and how patiently.</summary>
public sealed record GardenConnectionOptions
{
    /// <summary>The kubeconfig file; null to look where kubectl looks.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>The kubeconfig itself, as YAML; goes before <see cref="KubeconfigPath"/>.</summary>
    public string? KubeconfigContent { get; init; }

    /// <summary>The context's exact name; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>Requests a second on the long run; 0 for no limit.</summary>
    public int RequestsPerSecond { get; init; } = 20;

    /// <summary>Requests that may go out at once after a pause.</summary>
    public int Burst { get; init; } = 40;

    /// <summary>How often a read is repeated after a failure that may pass. Writes never are.</summary>
    public int ReadRetries { get; init; } = 4;

    /// <summary>The pause before the first repetition, doubled each time, where the server names none.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a request may take with its repetitions. Watches have no limit.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a credential plugin may run before it is killed.</summary>
    public TimeSpan PluginTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether somebody sits at the terminal, so that a credential plugin may ask for a password.</summary>
    public bool Interactive { get; init; }

    /// <summary>Where somebody at the terminal sees what a credential plugin says.</summary>
    public TextWriter PluginOutput { get; init; } = Console.Error;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where <c>.kube/config</c> is looked for.</summary>
    public string HomeDirectory { get; init; } = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);

    /// <summary>Where a pod finds its service account's token.</summary>
    public string ServiceAccountDirectory { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    // The generated text would print the kubeconfig.
    /// <summary>Describes the options without the kubeconfig's content.</summary>
    /// <returns>The path and the context.</returns>
    public override string ToString() => $"kubeconfig {KubeconfigPath ?? "(default)"}, context {Context ?? "(current)"}";
}
