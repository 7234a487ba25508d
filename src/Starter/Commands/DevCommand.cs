using System.CommandLine;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Output;
using Dualstack.Starter.Servers;
using Dualstack.Worker;

namespace Dualstack.Starter.Commands;

/// <summary>Runs the embedded servers until it is ended.</summary>
internal sealed class DevCommand : CliCommand
{
    private readonly Option<int> port = Port("--port", "Temporal's port; 0 for any", 7233);
    private readonly Option<int> uiPort = Port("--ui-port", "port of Temporal's web view; 0 for any", 8233);
    private readonly Option<int> gardenPort = Port("--garden-port", "the garden's port; 0 for any", 8443);

    private readonly Option<string> data = new("--data")
    {
        Description = "where everything is kept; killed and started again, nothing is lost",
        DefaultValueFactory = _ => ".dualstack",
        HelpName = "directory",
    };

    private readonly Option<string[]> shoots = new("--shoots")
    {
        Description = "manifests of the simulated shoots (those of examples/shoots)",
        HelpName = "directory",
    };

    private readonly Option<double> speed = SimulatorOptions.Speed(60);

    private readonly Option<string?> gardenerVersion = SimulatorOptions.GardenerVersion();

    public DevCommand()
        : base("dev", "Runs a Temporal dev server and a simulated garden on this machine.")
    {
        Options.Add(port);
        Options.Add(uiPort);
        Options.Add(gardenPort);
        Options.Add(data);
        Options.Add(shoots);
        Options.Add(speed);
        Options.Add(gardenerVersion);
    }

    protected override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var parsed = context.Parsed;
        await using var servers = await LocalServers.StartAsync(
            new LocalServersOptions
            {
                DataDirectory = parsed.GetValue(data)!,
                Namespace = context.Temporal.Namespace,
                TemporalPort = parsed.GetValue(port),
                UiPort = parsed.GetValue(uiPort),
                GardenPort = parsed.GetValue(gardenPort),
                GardenIdentity = context.Garden ?? "sim",
                Speed = parsed.GetValue(speed),
                GardenerVersion = parsed.GetValue(gardenerVersion),
                ShootDirectories = ShootDirectory.Resolve(parsed.GetValue(shoots)),
                Time = context.Time,
            },
            context.Loggers,
            cancellationToken);
        Print(context.Output, servers);
        await cancellationToken.UntilCancelledAsync();
        context.Output.Say("Stopping; everything is kept.");
        return ExitCode.Done;
    }

    internal static void Print(IOutput output, LocalServers servers)
    {
        output.Result(
            new
            {
                apiVersion = "dualstack.dev/v1",
                kind = "Servers",
                temporalAddress = servers.TemporalAddress,
                temporalNamespace = servers.Options.Namespace,
                ui = servers.Ui,
                gardenAddress = servers.Garden.BaseAddress,
                kubeconfig = servers.KubeconfigPath,
                dataDirectory = Path.GetFullPath(servers.Options.DataDirectory),
            },
            table =>
            {
                Columns.WritePairs(
                    table,
                    [
                        ("Temporal", $"{servers.TemporalAddress}, namespace {servers.Options.Namespace} (SDK {ProductVersions.TemporalSdk})"),
                        ("Web view", servers.Ui.AbsoluteUri),
                        ("Garden", $"{servers.Garden.BaseAddress}, identity {servers.Options.GardenIdentity}"),
                        ("Kubeconfig", servers.KubeconfigPath),
                        ("Data", Path.GetFullPath(servers.Options.DataDirectory)),
                    ]);
                table.WriteLine();
                table.WriteLine($"export TEMPORAL_ADDRESS={servers.TemporalAddress} TEMPORAL_NAMESPACE={servers.Options.Namespace} KUBECONFIG={servers.KubeconfigPath}");
            });
        output.Say("In other terminals, after the export above:");
        output.Say("  alias dualstack='dotnet run --project src/Starter --'   # so that the commands shown can be pasted");
        output.Say("  dotnet run --project src/Worker");
        output.Say("  dotnet run --project src/Starter -- migrate garden-retail/shop");
        output.Say("Ctrl-C ends the servers.");
    }

    private static Option<int> Port(string name, string description, int standard)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard, HelpName = "port" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var port) && port is < 0 or > 65535)
            {
                result.AddError($"Option '{name}' must be between 0 and 65535.");
            }
        });
        return option;
    }
}
