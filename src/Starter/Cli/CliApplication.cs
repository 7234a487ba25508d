using System.CommandLine;
using System.CommandLine.Help;
using Dualstack.Starter.Commands;

namespace Dualstack.Starter.Cli;

/// <summary>The command line: what there is, and what a line that cannot be understood gets.</summary>
internal static class CliApplication
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(45);

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var sentence in Objections(parsed))
            {
                await Console.Error.WriteLineAsync(sentence);
            }

            await Console.Error.WriteLineAsync("Nothing was sent. \"dualstack --help\" and \"dualstack <command> --help\" list what there is.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToEnd,
        });
    }

    // A word where a command is due is one mistake, not two.
    private static IEnumerable<string> Objections(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..]
            ? [$"There is no command \"{word}\"."]
            : parsed.Errors.Select(error => error.Message);

    internal static RootCommand Root()
    {
        var root = new RootCommand("Migrates Gardener shoot clusters from single-stack to dual-stack, durably.");
        foreach (var option in CliOptions.All)
        {
            root.Options.Add(option);
        }

        Command[] commands =
        [
            new DemoCommand(), new DevCommand(),
            new MigrateCommand(), new StatusCommand(), new ListCommand(), new NodesCommand(),
            new PauseCommand(), new ResumeCommand(), new RetryCommand(), new CancelCommand(),
            new SetupCommand(), new DoctorCommand(), new VersionCommand(),
        ];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        foreach (var option in root.Options.OfType<VersionOption>().ToList())
        {
            // "dualstack version" says more.
            root.Options.Remove(option);
        }

        foreach (var help in root.Options.OfType<HelpOption>().Where(help => help.Action is HelpAction))
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        return root;
    }
}
