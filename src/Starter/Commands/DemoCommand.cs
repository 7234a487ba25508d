using System.CommandLine;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Demo;
using Dualstack.Starter.Servers;

namespace Dualstack.Starter.Commands;

/// <summary>Shows everything at once: servers, worker, migrations and the operator.</summary>
internal sealed class DemoCommand : CliCommand
{
    private readonly Option<string[]> shoots = new("--shoots")
    {
        Description = "your own manifests instead of those of examples/shoots, as exported by kubectl get shoot -o yaml",
        HelpName = "directory",
    };

    private readonly Option<double> speed = SimulatorOptions.Speed(120);

    private readonly Option<bool> keep = new("--keep") { Description = "leave everything running at the end, to look around" };

    public DemoCommand()
        : base("demo", "Migrates simulated shoots from end to end, within a minute.")
    {
        Options.Add(shoots);
        Options.Add(speed);
        Options.Add(keep);
    }

    protected override string Interrupted => "Interrupted; everything is stopped and its data deleted.";

    protected override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var directories = ShootDirectory.Resolve(context.Parsed.GetValue(shoots));
        var scratch = Directory.CreateTempSubdirectory("dualstack-demo-");
        try
        {
            context.Output.Say("Starting a Temporal dev server, a simulated garden and a worker …");
            await using var servers = await LocalServers.StartAsync(
                new LocalServersOptions
                {
                    DataDirectory = scratch.FullName,
                    Speed = context.Parsed.GetValue(speed),
                    ShootDirectories = directories,
                    Time = context.Time,
                },
                context.Loggers,
                cancellationToken);
            await using var worker = await DemoWorker.StartAsync(servers, context, cancellationToken);
            var run = new DemoRun(servers, context);
            var code = await RunAsync(run, worker, cancellationToken);
            if (context.Parsed.GetValue(keep))
            {
                DemoHint.Say(context.Output, servers, run.Example!);
                await cancellationToken.UntilCancelledAsync();
            }

            return code;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(DemoRun run, DemoWorker worker, CancellationToken cancellationToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, worker.Ended);
        try
        {
            return await run.RunAsync(running.Token);
        }
        catch (OperationCanceledException) when (worker.Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Error, "The worker ended before the migrations did; its log above says why.");
        }
    }
}
