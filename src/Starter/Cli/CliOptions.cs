using System.CommandLine;
using Dualstack.Starter.Output;

namespace Dualstack.Starter.Cli;

/// <summary>Options that every command takes. A flag goes before the environment, which goes before the default.</summary>
internal static class CliOptions
{
    public static readonly Option<string?> Address = new("--address")
    {
        Description = "Temporal, as host:port (TEMPORAL_ADDRESS; 127.0.0.1:7233)",
        HelpName = "host:port",
        Recursive = true,
    };

    public static readonly Option<string?> Namespace = new("--namespace", "-n")
    {
        Description = "Temporal namespace (TEMPORAL_NAMESPACE; default)",
        HelpName = "name",
        Recursive = true,
    };

    public static readonly Option<string?> Kubeconfig = new("--kubeconfig")
    {
        Description = "the garden's kubeconfig (KUBECONFIG; ~/.kube/config)",
        HelpName = "file",
        Recursive = true,
    };

    public static readonly Option<string?> Context = new("--context")
    {
        Description = "its context (the current one)",
        HelpName = "name",
        Recursive = true,
    };

    public static readonly Option<string?> Garden = new("--garden")
    {
        Description = "the garden's identity (DUALSTACK_GARDEN; read from the shoot)",
        HelpName = "identity",
        Recursive = true,
    };

    public static readonly Option<OutputFormat> Output = Choice.Of<OutputFormat>("how to print the result: table or json", "--output", "-o");

    public static readonly Option<ColourMode> Color = Choice.Of<ColourMode>(
        "colours: auto (on terminals, unless NO_COLOR is set), always or never", "--color");

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "print logs, and the stack trace of an error",
        Recursive = true,
    };

    static CliOptions() => Output.Recursive = Color.Recursive = true;

    public static IReadOnlyList<Option> All { get; } = [Address, Namespace, Kubeconfig, Context, Garden, Output, Color, Verbose];
}
