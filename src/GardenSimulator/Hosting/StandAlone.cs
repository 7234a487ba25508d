using System.Globalization;
using System.Runtime.InteropServices;
using Dualstack.GardenSimulator.Manifests;

namespace Dualstack.GardenSimulator.Hosting;

/// <summary>The simulated garden as a process of its own.</summary>
internal static class StandAlone
{
    private const string Usage = """
        usage: Dualstack.GardenSimulator [--port N] [--data DIR] [--shoots DIR]... [--speed FACTOR]
                                         [--garden NAME] [--gardener-version V] [--kubeconfig FILE]
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await Console.Out.WriteLineAsync(Usage);
            return 0;
        }

        try
        {
            var (options, kubeconfig) = Parse(args);
            await using var server = await GardenServer.StartAsync(options);
            if (kubeconfig is not null)
            {
                server.WriteKubeconfig(kubeconfig);
            }

            await Console.Out.WriteLineAsync($"garden {options.GardenIdentity} at {server.BaseAddress}{(kubeconfig is null ? string.Empty : $", kubeconfig {kubeconfig}")}");
            await TerminationAsync();
            return 0;
        }
        catch (Exception exception) when (exception is ManifestException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message.Split(" (Parameter ")[0]);
            return exception is ArgumentException ? 2 : 1;
        }
    }

    private static (GardenServerOptions Options, string? Kubeconfig) Parse(string[] args)
    {
        var options = new GardenServerOptions();
        string? kubeconfig = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.\n{Usage}");
            switch (args[i])
            {
                case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535:
                    options = options with { Port = port };
                    break;
                case "--speed" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed):
                    options = options with { Speed = speed };
                    break;
                case "--data":
                    options = options with { DataDirectory = value };
                    break;
                case "--shoots":
                    options = options with { ManifestDirectories = [.. options.ManifestDirectories, value] };
                    break;
                case "--garden":
                    options = options with { GardenIdentity = value };
                    break;
                case "--gardener-version":
                    options = options with { GardenerVersion = value };
                    break;
                case "--kubeconfig":
                    kubeconfig = value;
                    break;
                default:
                    throw new ArgumentException($"{args[i]} {value} is not understood.\n{Usage}");
            }
        }

        return (options, kubeconfig);
    }

    private static async Task TerminationAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await ended.Task;

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
    }
}
