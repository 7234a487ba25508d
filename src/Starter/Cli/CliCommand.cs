using System.CommandLine;
using Dualstack.Starter.Output;
using Dualstack.Worker.Running;

namespace Dualstack.Starter.Cli;

/// <summary>A command: it ends with an exit code, or with an exception that becomes one sentence.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string description)
        : base(name, description) =>
        SetAction(InvokeAsync);

    /// <summary>Lines that show how it is used, for its help.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>What to say to somebody who ends the command early.</summary>
    protected virtual string Interrupted => "Interrupted. Migrations go on; only this command has ended.";

    protected abstract Task<int> RunAsync(CliContext context, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken interrupted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(interrupted, DotnetRun.Ended);
        var cancellationToken = ending.Token;
        var output = new ConsoleOutput(parsed.GetValue(CliOptions.Output), parsed.GetValue(CliOptions.Color));
        using var context = new CliContext(parsed, output);
        try
        {
            return await RunAsync(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            output.Say(Interrupted);
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            var (code, sentence) = ErrorSentence.Of(e, context);
            output.Fail(sentence);
            if (context.Verbose)
            {
                output.Say(e.ToString());
            }

            return code;
        }
    }
}
