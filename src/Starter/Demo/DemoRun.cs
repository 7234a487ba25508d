using Dualstack.Gardener.Access;
using Dualstack.Gardener.Garden;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Starter.Output;
using Dualstack.Starter.Servers;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Temporal;
using Dualstack.Workflows;
using Spectre.Console;
using Temporalio.Client;
using ShootKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Starter.Demo;

/// <summary>Migrates every shoot of the simulated garden at once and shows how.</summary>
internal sealed class DemoRun(LocalServers servers, CliContext context)
{
    private const int PlainWidth = 160;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    // The simulated garden hurries, so the driver looks more often than at a real one.
    private static readonly MigrationSettings Settings = new()
    {
        OperatorFallback = TimeSpan.FromSeconds(10),
        GardenerFallback = TimeSpan.FromSeconds(5),
        LookEvery = TimeSpan.FromSeconds(1),
    };

    /// <summary>A shoot to look at afterwards, one that was migrated if there is one.</summary>
    public ShootKey? Example { get; private set; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        var client = await ConnectAsync();
        using var garden = GardenConnection.Open(new GardenConnectionOptions { KubeconfigPath = servers.KubeconfigPath });
        var entries = await StartAsync(client, garden, cancellationToken);
        if (entries.Count == 0)
        {
            throw new CliException(ExitCode.Usage, $"There is no shoot in the manifests of {string.Join(", ", servers.Options.ShootDirectories)}; export yours with: kubectl get shoot -A -o yaml");
        }

        context.Output.Say($"Migrating {entries.Count} shoots; Temporal's view of it is at {servers.Ui}");
        await using (var person = new DemoOperator(servers, client, garden, context.Time))
        {
            await FollowAsync(entries, new MigrationReader(client), person, began, cancellationToken);
        }

        Example = (entries.Find(entry => entry.View is { Phase: MigrationPhase.Succeeded }) ?? entries[0]).Key;
        Print(entries);
        context.Output.Say($"Took {TimeText.Of(context.Time.GetElapsedTime(began))}.");
        if (entries.Find(entry => !entry.IsSettled) is { } late)
        {
            context.Output.Fail($"{late.Key} has not ended within {TimeText.Of(Limit)}; --verbose shows the worker's log.");
            return ExitCode.Error;
        }

        return entries.TrueForAll(entry => entry.View!.IsOpen() || entry.View.ExitCode() == ExitCode.Done) ? ExitCode.Done : ExitCode.EndedBadly;
    }

    private async Task<ITemporalClient> ConnectAsync()
    {
        var options = new TemporalClientConnectOptions();
        TemporalConnections.Configure(
            options, new TemporalSettings { Address = servers.TemporalAddress, Namespace = servers.Options.Namespace }, context.Loggers);
        return await TemporalClient.ConnectAsync(options);
    }

    private async Task<List<DemoEntry>> StartAsync(ITemporalClient client, GardenConnection garden, CancellationToken cancellationToken)
    {
        var entries = new List<DemoEntry>();
        await foreach (var page in new GardenClient(garden.Kubernetes).ListAsync(ShootScope.All, null, cancellationToken))
        {
            entries.AddRange(page.Items.Select(shoot => new DemoEntry(
                new ShootKey(shoot.GardenIdentity ?? servers.Options.GardenIdentity, shoot.Key.Namespace, shoot.Key.Name), shoot, context.Time)));
        }

        var starter = new MigrationStarter(client, context.Time);
        await Task.WhenAll(entries.Select(entry => starter.StartAsync(entry.Key, entry.Shoot, RolloutMode.Manual, Settings, cancellationToken)));
        return entries;
    }

    private async Task FollowAsync(
        List<DemoEntry> entries, MigrationReader reader, DemoOperator person, long began, CancellationToken cancellationToken)
    {
        if (!context.Output.CanRedraw)
        {
            var said = new Dictionary<ShootKey, string>();
            await LoopAsync(entries, reader, person, began, () => Say(entries, said), cancellationToken);
            return;
        }

        await context.Output.Human.Live(DemoBoard.Live(entries)).AutoClear(true).StartAsync(live =>
            LoopAsync(entries, reader, person, began, () => live.UpdateTarget(DemoBoard.Live(entries)), cancellationToken));
    }

    private async Task LoopAsync(
        List<DemoEntry> entries, MigrationReader reader, DemoOperator person, long began, Action show, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.WhenAll(entries.Where(entry => !entry.IsSettled || entry.View!.IsOpen()).Select(async entry =>
                entry.See(await reader.ReadAsync(entry.Key, cancellationToken))));
            foreach (var entry in entries)
            {
                person.Attend(entry.View!, entry.Shoot.Uid);
            }

            show();
            if (entries.TrueForAll(entry => entry.IsSettled) || context.Time.GetElapsedTime(began) > Limit)
            {
                return;
            }

            await Task.Delay(Pace, context.Time, cancellationToken);
        }
    }

    private void Say(List<DemoEntry> entries, Dictionary<ShootKey, string> said)
    {
        foreach (var entry in entries)
        {
            var line = $"{Glyph.Of(entry.View!.Phase)} {entry.Key}  {MigrationText.State(entry.View)}  {MigrationText.Nodes(entry.View)}".TrimEnd();
            if (!said.TryGetValue(entry.Key, out var before) || before != line)
            {
                said[entry.Key] = line;
                context.Output.Say($"{TimeText.Of(entry.Duration),4}  {line}");
            }
        }
    }

    private void Print(List<DemoEntry> entries) => context.Output.Result(
        new
        {
            apiVersion = "dualstack.dev/v1",
            kind = "Demo",
            items = entries.Select(entry => new { shoot = entry.Key.ToString(), seconds = Math.Round(entry.Duration.TotalSeconds, 1), migration = entry.View }),
        },
        writer =>
        {
            var console = context.Output.Table(writer);
            if (Console.IsOutputRedirected)
            {
                console.Profile.Width = PlainWidth;
            }

            console.Write(DemoBoard.Final(entries));
        });
}
