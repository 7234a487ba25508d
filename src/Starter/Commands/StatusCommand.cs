using System.CommandLine;
using Dualstack.Gardener.Shoots;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;

namespace Dualstack.Starter.Commands;

/// <summary>Shows where a migration stands.</summary>
internal sealed class StatusCommand : CliCommand
{
    private readonly Argument<ShootKey> shoot = ShootArgument.Create();

    private readonly Option<bool> watch = new("--watch", "-w") { Description = "follow it until it ends" };

    private readonly Option<TimeSpan?> timeout = new("--timeout")
    {
        Description = "with --watch: for how long, such as 4h; exit code 9 afterwards",
        CustomParser = Durations.Parse,
    };

    public StatusCommand()
        : base(
            "status",
            "Shows where a migration stands. Exit code 0: ended well, 3: blocked before any change, 6: ended badly, 7: waits for a person, 8: running.")
    {
        Arguments.Add(shoot);
        Options.Add(watch);
        Options.Add(timeout);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dualstack status garden-retail/shop",
        "dualstack status garden-retail/shop --watch --timeout 4h",
    ];

    protected override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var client = await context.ConnectAsync(cancellationToken);
        var key = await new MigrationLocator(context, client).FindAsync(context.Parsed.GetValue(shoot), cancellationToken);
        var reader = new MigrationReader(client);
        var watching = context.Parsed.GetValue(watch);
        var view = watching
            ? await new MigrationWatch(reader, context.Output, context.Time).WatchAsync(key, _ => false, context.Parsed.GetValue(timeout), cancellationToken)
            : await reader.ReadAsync(key, cancellationToken);
        if (view is { WorkerAnswered: false })
        {
            context.Output.Warn("no worker answered within 5 s; what follows is what Temporal itself knows.");
        }

        context.Output.Result(view, table => MigrationText.Write(table, view, context.Time.GetUtcNow()));
        return watching && view.IsOpen() ? ExitCode.WaitTimedOut : view.ExitCode();
    }
}
