using System.CommandLine;
using System.Text.Json;
using Dualstack.Gardener.Garden;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using GardenShoot = Dualstack.Gardener.Shoots.ShootKey;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Starter.Commands;

/// <summary>Starts the migration of a shoot.</summary>
internal sealed class MigrateCommand : CliCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Argument<GardenShoot> shoot = ShootArgument.Create();

    private readonly Option<RolloutMode> rollout = Choice.Of<RolloutMode>(
        "who replaces the nodes: Manual (you do, then say so; the default) or OnApproval (Gardener does, once you approve)", "--rollout");

    private readonly Option<bool> wait = new("--wait") { Description = "wait until it ends, or is blocked" };

    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Description = "print what would be written and what stands against it; nothing is written. Exit code 3 if something does",
    };

    private readonly Option<bool> stopForPeople = new("--stop-for-people")
    {
        Description = "with --wait: end with exit code 7 as soon as a person is needed",
    };

    private readonly Option<TimeSpan?> timeout = new("--timeout")
    {
        Description = "with --wait: for how long, such as 4h; exit code 9 afterwards",
        CustomParser = Durations.Parse,
    };

    private readonly Option<string?> settings = new("--settings")
    {
        Description = "how patient to be, as JSON",
        Hidden = true,
    };

    public MigrateCommand()
        : base("migrate", "Starts the migration of a shoot. If it runs already, nothing changes.")
    {
        Arguments.Add(shoot);
        Options.Add(rollout);
        Options.Add(dryRun);
        Options.Add(wait);
        Options.Add(stopForPeople);
        Options.Add(timeout);
        Options.Add(settings);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dualstack migrate garden-retail/shop --dry-run",
        "dualstack migrate garden-retail/shop --rollout OnApproval --wait --timeout 4h",
    ];

    protected override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var named = context.Parsed.GetValue(shoot);
        var patience = Patience(context.Parsed.GetValue(settings));
        using var garden = context.OpenGarden();
        var reading = await new GardenClient(garden.Kubernetes).GetAsync(named, cancellationToken);
        var key = new ShootKey(Identity(context, reading.Shoot), named.Namespace, named.Name);
        if (context.Parsed.GetValue(dryRun))
        {
            return await new DryRun(context, garden).RunAsync(key, reading.Shoot.Uid, context.Parsed.GetValue(rollout), cancellationToken);
        }

        var client = await context.ConnectAsync(cancellationToken);
        var started = await new MigrationStarter(client, context.Time).StartAsync(
            key, reading.Shoot, context.Parsed.GetValue(rollout), patience, cancellationToken);
        if (started)
        {
            context.Output.Say($"Migration of {key} started.");
        }
        else
        {
            context.Output.Say($"Migration of {key} is already running; unchanged.");
        }

        await WarnWithoutWorkerAsync(context, client, cancellationToken);
        if (context.Parsed.GetValue(wait))
        {
            return await WaitAsync(context, client, key, cancellationToken);
        }

        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "MigrationStarted", shoot = key, workflowId = key.WorkflowId(), changed = started },
            table => table.WriteLine($"{key}   {(started ? "started" : "unchanged")}   {key.WorkflowId()}"));
        context.Output.Say($"Next: dualstack status {key} --watch");
        return ExitCode.Done;
    }

    private static string Identity(CliContext context, Gardener.Shoots.Shoot shoot)
    {
        if (shoot.GardenIdentity is { } shown && context.Garden is { } told && shown != told)
        {
            throw new CliException(ExitCode.Usage, $"Shoot {shoot.Key} belongs to garden \"{shown}\", not to \"{told}\"; leave out --garden or choose another context.");
        }

        return shoot.GardenIdentity ?? context.Garden
            ?? throw new CliException(ExitCode.Error, $"Shoot {shoot.Key} does not show its garden's identity yet; name it with --garden.");
    }

    private static MigrationSettings Patience(string? json)
    {
        try
        {
            return json is null ? new MigrationSettings() : JsonSerializer.Deserialize<MigrationSettings>(json, Json) ?? new MigrationSettings();
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Usage, $"The settings cannot be used: {e.Message}", e);
        }
    }

    private static async Task WarnWithoutWorkerAsync(CliContext context, ITemporalClient client, CancellationToken cancellationToken)
    {
        if (await Pollers.CountAsync(client, TaskQueues.Workflows, TaskQueueType.Workflow, cancellationToken) == 0)
        {
            context.Output.Warn("no worker takes tasks; the migration waits for one. Start it with: dotnet run --project src/Worker");
        }
    }

    private async Task<int> WaitAsync(CliContext context, ITemporalClient client, ShootKey key, CancellationToken cancellationToken)
    {
        var stop = context.Parsed.GetValue(stopForPeople);
        bool IsEnough(MigrationView view) => view.Phase == MigrationPhase.Blocked || (stop && view.Phase == MigrationPhase.WaitsForPerson);
        var view = await new MigrationWatch(new MigrationReader(client), context.Output, context.Time)
            .WatchAsync(key, IsEnough, context.Parsed.GetValue(timeout), cancellationToken);
        context.Output.Result(view, table => MigrationText.Write(table, view, context.Time.GetUtcNow()));
        if (!view.IsOpen() || IsEnough(view))
        {
            return view.ExitCode();
        }

        context.Output.Fail($"The migration of {key} has not ended in time; it goes on. Next: dualstack status {key} --watch");
        return ExitCode.WaitTimedOut;
    }
}
