using Dualstack.Gardener.Access;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Starter.Output;
using Dualstack.Worker;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Temporal;
using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using GardenKey = Dualstack.Gardener.Shoots.ShootKey;

namespace Dualstack.Starter.Commands;

/// <summary>Looks at everything that a migration depends on, and says how to mend what is wrong.</summary>
internal sealed class DoctorCommand() : CliCommand("doctor", "Checks garden, Temporal, rights, workers, versions and clocks.")
{
    private static readonly TimeSpan TolerableSkew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastRetention = TimeSpan.FromDays(30);

    protected override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var findings = new List<Finding> { Sdk() };
        var (garden, marked) = await LookAtGardenAsync(context, findings, cancellationToken);
        await LookAtTemporalAsync(context, garden, marked, findings, cancellationToken);
        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "Doctor", items = findings },
            table => Columns.Write(table, ["CHECK", "RESULT", "DETAIL"], findings.Select(finding => (IReadOnlyList<string>)[finding.Check, finding.Result, finding.Detail])));
        return findings.Find(finding => finding.Result == Finding.Bad) is { } bad ? bad.ExitCode : ExitCode.Done;
    }

    private static Finding Sdk() => ProductVersions.IsStandIn(ProductVersions.TemporalSdk)
        ? new("temporal-sdk", Finding.Doubtful, $"{ProductVersions.TemporalSdk}: a stand-in, not for production; build with -p:OfficialPackages=true")
        : new("temporal-sdk", Finding.Good, ProductVersions.TemporalSdk);

    private static async Task<(string? Garden, IReadOnlyList<GardenKey> Marked)> LookAtGardenAsync(
        CliContext context, List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = context.OpenGarden();
            var rights = new GardenRights(connection.Kubernetes);
            var scope = ShootScope.All;
            var missing = await rights.MissingAsync(scope, cancellationToken);
            if (missing.Count > 0 && connection.Namespace is { } own)
            {
                scope = new ShootScope(own);
                missing = await rights.MissingAsync(scope, cancellationToken);
            }

            findings.Add(new("garden", Finding.Good, $"{connection.Server}, context {connection.Context}"));
            findings.Add(missing.Count == 0
                ? new("rights", Finding.Good, $"all, in {scope}")
                : new("rights", Finding.Bad, $"lacking in {scope}: {string.Join(", ", missing.Select(right => $"{right.Verb} {right.Resource}"))}; ask the garden's administrator") { ExitCode = ExitCode.RightsMissing });
            findings.Add(Observer(scope, missing, connection.Namespace));
            var skew = (connection.Clock.Offset ?? TimeSpan.Zero).Duration();
            findings.Add(new("clock", skew > TolerableSkew ? Finding.Doubtful : Finding.Good, $"{skew.TotalSeconds:0} s away from the garden's"));
            var garden = new GardenClient(connection.Kubernetes);
            var identity = context.Garden ?? await IdentityAsync(garden, scope, findings, cancellationToken);
            return (identity, missing.Count == 0 ? await LeftMarks.MarkedAsync(garden, scope, cancellationToken) : []);
        }
        catch (Exception e) when (e is GardenAccessException or GardenException)
        {
            var (code, sentence) = ErrorSentence.Of(e, context);
            findings.Add(new("garden", Finding.Bad, sentence) { ExitCode = code });
            return (context.Garden, []);
        }
    }

    private static Finding Observer(ShootScope scope, IReadOnlyList<GardenRight> missing, string? own)
    {
        const string Setting = "set DUALSTACK_Garden__Namespaces__0, …__1 and so on for the worker to observe others";
        return missing.Any(right => right is { Resource: "shoots", Verb: "list" or "watch" })
            ? new("observer", Finding.Doubtful, $"cannot follow {scope}{(own is null ? ", and the context has no namespace" : string.Empty)}; {Setting}")
            : scope == ShootScope.All
                ? new("observer", Finding.Good, "a worker with this kubeconfig follows all namespaces")
                : new("observer", Finding.Good, $"a worker with this kubeconfig follows {scope} only; {Setting}");
    }

    private static async Task<string?> IdentityAsync(GardenClient garden, ShootScope scope, List<Finding> findings, CancellationToken cancellationToken)
    {
        await foreach (var page in garden.ListAsync(scope, null, cancellationToken))
        {
            if (page.Items.Select(shoot => shoot.GardenIdentity).FirstOrDefault(identity => identity is not null) is { } identity)
            {
                findings.Add(new("garden-identity", Finding.Good, identity));
                return identity;
            }
        }

        findings.Add(new("garden-identity", Finding.Doubtful, $"no shoot in {scope} shows it; name it with --garden"));
        return null;
    }

    private static async Task LookAtTemporalAsync(
        CliContext context, string? garden, IReadOnlyList<GardenKey> marked, List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            var client = await context.ConnectAsync(cancellationToken);
            findings.Add(new("temporal", Finding.Good, context.Temporal.Address));
            if (await NamespaceCheck.ProblemAsync(client, cancellationToken) is { } problem)
            {
                findings.Add(new("namespace", Finding.Bad, problem));
                return;
            }

            var retention = await NamespaceCheck.RetentionAsync(client, cancellationToken) ?? TimeSpan.Zero;
            findings.Add(new(
                "namespace",
                retention < LeastRetention ? Finding.Doubtful : Finding.Good,
                $"{client.Options.Namespace} with all search attributes, keeps ended migrations for {retention.TotalDays:0.#} days"));
            findings.Add(await WorkersAsync(client, TaskQueues.Workflows, TaskQueueType.Workflow, cancellationToken));
            if (garden is not null)
            {
                findings.Add(await WorkersAsync(client, TaskQueues.Garden(garden), TaskQueueType.Activity, cancellationToken));
                findings.AddRange((await LeftMarks.WithoutMigrationAsync(client, garden, marked, cancellationToken)).Select(shoot => new Finding(
                    $"marks {shoot}",
                    Finding.Doubtful,
                    $"no migration runs, yet the shoot carries our marks; go on with \"dualstack migrate {shoot}\", or remove them with: {Workflows.Decisions.Commands.Unmark(shoot)}")));
            }
        }
        catch (Exception e) when (e is CliException or ConfigurationException or RpcException or RpcTimeoutOrCanceledException)
        {
            var (code, sentence) = ErrorSentence.Of(e, context);
            findings.Add(new("temporal", Finding.Bad, sentence) { ExitCode = code });
        }
    }

    private static async Task<Finding> WorkersAsync(ITemporalClient client, string taskQueue, TaskQueueType type, CancellationToken cancellationToken) =>
        await Pollers.CountAsync(client, taskQueue, type, cancellationToken) is > 0 and var count
            ? new($"worker {taskQueue}", Finding.Good, $"{count} polling")
            : new($"worker {taskQueue}", Finding.Bad, "nobody takes tasks; start a worker with: dotnet run --project src/Worker");

    private sealed record Finding(string Check, string Result, string Detail)
    {
        public const string Good = "ok";
        public const string Doubtful = "warning";
        public const string Bad = "failed";

        [System.Text.Json.Serialization.JsonIgnore]
        public int ExitCode { get; init; } = Cli.ExitCode.Error;
    }
}
