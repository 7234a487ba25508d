namespace Dualstack.Worker.Configuration;

/// <summary>What the command line asks for.</summary>
/// <param name="Command">What to do.</param>
/// <param name="Settings">Settings by configuration key.</param>
internal sealed record WorkerArguments(WorkerCommand Command, IReadOnlyDictionary<string, string?> Settings)
{
    public const string Usage =
        """
        Runs the workflows of all migrations, and the activities of one garden.

        Usage: dotnet run --project src/Worker -- [healthcheck] [options]

          healthcheck            ask a running worker whether it is ready; exit code 0 if so
          --address HOST:PORT    Temporal (TEMPORAL_ADDRESS; 127.0.0.1:7233)
          --namespace NAME       Temporal namespace (TEMPORAL_NAMESPACE; default)
          --kubeconfig FILE      the garden's kubeconfig (KUBECONFIG; ~/.kube/config)
          --context NAME         its context (the current one)
          --garden IDENTITY      the garden's identity (DUALSTACK_GARDEN; read from its shoots)
          --Garden:Namespaces:0 NAME
                                 the first project namespace to observe, :1 the second, … (the whole garden,
                                 or the namespace of the context where listing all shoots is forbidden)
          --health-port PORT     loopback port of /healthz and /readyz (8081; 0 for any)
          --Section:Name VALUE   any setting of worker.appsettings.json or ./appsettings.json;
                                 also as variable, such as DUALSTACK_Garden__Namespaces__0
          --help, --version
        """;

    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["--address"] = $"{TemporalSettings.Section}:{nameof(TemporalSettings.Address)}",
        ["--namespace"] = $"{TemporalSettings.Section}:{nameof(TemporalSettings.Namespace)}",
        ["--kubeconfig"] = $"{GardenSettings.Section}:{nameof(GardenSettings.Kubeconfig)}",
        ["--context"] = $"{GardenSettings.Section}:{nameof(GardenSettings.Context)}",
        ["--garden"] = $"{GardenSettings.Section}:{nameof(GardenSettings.Identity)}",
        ["--health-port"] = $"{HealthSettings.Section}:{nameof(HealthSettings.Port)}",
    };

    public static WorkerArguments Parse(IReadOnlyList<string> arguments)
    {
        var command = WorkerCommand.Run;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "healthcheck":
                    command = WorkerCommand.HealthCheck;
                    break;
                case "--help" or "-h":
                    command = WorkerCommand.Help;
                    break;
                case "--version":
                    command = WorkerCommand.Version;
                    break;
                default:
                    var parts = arguments[i].Split('=', 2);
                    settings[Key(parts[0])] = parts.Length == 2 ? parts[1]
                        : ++i < arguments.Count ? arguments[i]
                        : throw new ConfigurationException($"Option {parts[0]} lacks its value; see --help.");
                    break;
            }
        }

        return new WorkerArguments(command, settings);
    }

    private static string Key(string option) =>
        Short.TryGetValue(option, out var key) ? key
        : option.StartsWith("--", StringComparison.Ordinal) && option.Contains(':', StringComparison.Ordinal) ? option[2..]
        : throw new ConfigurationException($"The worker has no option \"{option}\"; see --help.");
}
