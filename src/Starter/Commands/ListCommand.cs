using System.CommandLine;
using System.Text.Json.Serialization;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Starter.Output;
using Dualstack.Worker.Temporal;
using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Starter.Commands;

/// <summary>Lists migrations from Temporal's own records, so that no worker is needed.</summary>
internal sealed class ListCommand : CliCommand
{
    private const int StateColumn = 2;
    private static readonly string[] Head = ["NAME", "GARDEN", "STATE", "STAGE", "WAITING-FOR", "AGE"];

    private readonly Option<string?> project = new("--project") { Description = "only of this project's namespace", HelpName = "namespace" };
    private readonly Option<MigrationStage?> stage = Choice.Optional<MigrationStage>("only in this stage", "--stage");
    private readonly Option<WaitingFor?> waitingFor = Choice.Optional<WaitingFor>("only those that wait for this", "--waiting-for");
    private readonly Option<MigrationOutcome?> outcome = Choice.Optional<MigrationOutcome>("only those that ended like this", "--outcome");
    private readonly Option<bool> open = new("--open") { Description = "only those that have not ended" };
    private readonly Option<int> limit = new("--limit") { Description = "how many at most", DefaultValueFactory = _ => 500 };
    private readonly Option<bool> noHeaders = new("--no-headers") { Description = "print the rows alone" };

    public ListCommand()
        : base("list", "Lists migrations.")
    {
        Options.Add(project);
        Options.Add(stage);
        Options.Add(waitingFor);
        Options.Add(outcome);
        Options.Add(open);
        Options.Add(limit);
        Options.Add(noHeaders);
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var given) && given < 1)
            {
                result.AddError("Option '--limit' must be at least 1.");
            }
        });
    }

    protected override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var client = await context.ConnectAsync(cancellationToken);
        var rows = new List<Row>();
        try
        {
            var listing = client.ListWorkflowsAsync(Query(context), new WorkflowListOptions { Limit = context.Parsed.GetValue(limit) });
            await foreach (var execution in listing.WithCancellation(cancellationToken))
            {
                if (Row.Of(execution) is { } row)
                {
                    rows.Add(row);
                }
            }
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.NotFound)
        {
            throw await NamespaceCheck.ProblemAsync(client, cancellationToken) is { } problem ? new CliException(ExitCode.Error, problem, e) : e;
        }

        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "MigrationList", items = rows },
            table => Columns.Write(
                table,
                context.Parsed.GetValue(noHeaders) ? null : Head,
                rows.Select(row => row.Cells(context.Time.GetUtcNow())),
                (row, column, cell) => column == StateColumn ? context.Output.Paint(Glyph.Colour(rows[row].Phase), cell) : cell));
        if (rows.Count == 0)
        {
            context.Output.Say("No migrations. Start one with: dualstack migrate <namespace>/<shoot>");
        }

        return ExitCode.Done;
    }

    private string Query(CliContext context)
    {
        var parsed = context.Parsed;
        List<string> conditions = [$"WorkflowType = '{MessageNames.ShootMigrationWorkflow}'"];
        Add(MigrationSearchAttributes.Garden.Name, context.Garden);
        Add(MigrationSearchAttributes.Project.Name, parsed.GetValue(project));
        Add(MigrationSearchAttributes.Stage.Name, parsed.GetValue(stage)?.ToString());
        Add(MigrationSearchAttributes.WaitingFor.Name, parsed.GetValue(waitingFor)?.ToString());
        Add(MigrationSearchAttributes.Outcome.Name, parsed.GetValue(outcome)?.ToString());
        conditions.Add(parsed.GetValue(open) ? "ExecutionStatus = 'Running'" : "ExecutionStatus != 'ContinuedAsNew'");
        return string.Join(" AND ", conditions);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                conditions.Add($"{name} = '{value.Replace("'", "\\'", StringComparison.Ordinal)}'");
            }
        }
    }

    private sealed record Row(ShootKey Shoot, string State, string? Stage, string? WaitingFor, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
    {
        public static Row? Of(WorkflowExecution execution)
        {
            if (!ShootKey.TryParseWorkflowId(execution.Id, out var key))
            {
                return null;
            }

            var attributes = execution.TypedSearchAttributes;
            var waiting = execution.Status == WorkflowExecutionStatus.Running ? attributes.TextOf(MigrationSearchAttributes.WaitingFor) : null;
            return new Row(
                key!,
                attributes.TextOf(MigrationSearchAttributes.Outcome) ?? execution.Status.ToString(),
                attributes.TextOf(MigrationSearchAttributes.Stage),
                waiting,
                execution.StartTime,
                execution.CloseTime is { } closed ? new DateTimeOffset(closed) : null)
            {
                Phase = MigrationReader.Phase(execution.Status, attributes.TextOf(MigrationSearchAttributes.Outcome), waiting),
            };
        }

        [JsonIgnore]
        public MigrationPhase Phase { get; init; }

        public IReadOnlyList<string> Cells(DateTimeOffset now) => [Shoot.ToString(), Shoot.Garden, $"{Glyph.Of(Phase)} {(EndedAt is null ? Phase.ToString() : State)}", Stage ?? "-", WaitingFor ?? "-", TimeText.Of(now - StartedAt)];
    }
}
