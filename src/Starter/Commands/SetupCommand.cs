using System.CommandLine;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Output;
using Dualstack.Worker.Temporal;
using Dualstack.Workflows;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Starter.Commands;

/// <summary>Prepares a Temporal namespace; what is there already stays as it is.</summary>
internal sealed class SetupCommand : CliCommand
{
    private static readonly TimeSpan LeastRetention = TimeSpan.FromDays(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly Option<TimeSpan?> retention = new("--retention")
    {
        Description = "how long ended migrations are kept, at least 30d",
        CustomParser = Durations.Parse,
        HelpName = "duration",
    };

    public SetupCommand()
        : base("setup", "Creates the Temporal namespace and its search attributes, as far as they are missing.")
    {
        Options.Add(retention);
        Validators.Add(result =>
        {
            if (result.GetResult(retention) is { Tokens: [var token] } && Durations.TryParse(token.Value, out var given) && given < LeastRetention)
            {
                result.AddError("Option '--retention' must be at least 30d: migrations wait for days, and their history is what shows who did what.");
            }
        });
    }

    protected override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var client = await context.ConnectAsync(cancellationToken);
        var keep = context.Parsed.GetValue(retention) ?? LeastRetention;
        List<(string What, bool Changed)> steps = [("namespace " + client.Options.Namespace, await EnsureNamespaceAsync(context, client, keep, cancellationToken))];
        var added = await EnsureAttributesAsync(context, client, cancellationToken);
        steps.AddRange(MigrationSearchAttributes.All.Select(attribute => ($"search attribute {attribute.Name}", added.Contains(attribute.Name))));
        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "Setup", items = steps.Select(step => new { step.What, step.Changed }) },
            table => Columns.Write(table, ["WHAT", "RESULT"], steps.Select(step => (IReadOnlyList<string>)[step.What, step.Changed ? "created" : "unchanged"])));
        context.Output.Say("Next: dotnet run --project src/Worker");
        return ExitCode.Done;
    }

    private static async Task<bool> EnsureNamespaceAsync(CliContext context, ITemporalClient client, TimeSpan keep, CancellationToken cancellationToken)
    {
        var name = client.Options.Namespace;
        if (await NamespaceCheck.RetentionAsync(client, cancellationToken) is { } present)
        {
            if (present < LeastRetention)
            {
                context.Output.Warn($"namespace {name} keeps ended migrations for {TimeText.Of(present)} only; raise it with: temporal operator namespace update -n {name} --retention 30d");
            }

            return false;
        }

        await client.Connection.WorkflowService.RegisterNamespaceAsync(
            new RegisterNamespaceRequest
            {
                Namespace = name,
                Description = "Dual-stack migrations of Gardener shoots",
                WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(keep),
            },
            new RpcOptions { CancellationToken = cancellationToken });
        await EventuallyAsync(
            context.Time,
            async () => await NamespaceCheck.RetentionAsync(client, cancellationToken) is not null,
            $"namespace {name} to appear",
            cancellationToken);
        return true;
    }

    private static async Task<IReadOnlyList<string>> EnsureAttributesAsync(CliContext context, ITemporalClient client, CancellationToken cancellationToken)
    {
        var known = await NamespaceCheck.SearchAttributesAsync(client, cancellationToken)
            ?? throw new CliException(
                ExitCode.RightsMissing, "Temporal does not let us see its search attributes; have its administrator run this command, or add them by its console.");
        if (MigrationSearchAttributes.All.FirstOrDefault(attribute => known.TryGetValue(attribute.Name, out var type) && type != attribute.ValueType) is { } other)
        {
            throw new CliException(
                ExitCode.Error, $"Search attribute {other.Name} exists with type {known[other.Name]}, and {other.ValueType} is needed; use another namespace.");
        }

        var missing = MigrationSearchAttributes.All.Where(attribute => !known.ContainsKey(attribute.Name)).ToList();
        if (missing.Count == 0)
        {
            return [];
        }

        var request = new AddSearchAttributesRequest { Namespace = client.Options.Namespace };
        foreach (var attribute in missing)
        {
            request.SearchAttributes.Add(attribute.Name, attribute.ValueType);
        }

        await EventuallyAsync(
            context.Time,
            async () =>
            {
                try
                {
                    await client.Connection.OperatorService.AddSearchAttributesAsync(request, new RpcOptions { CancellationToken = cancellationToken });
                }
                catch (RpcException e) when (e.Code is RpcException.StatusCode.AlreadyExists or RpcException.StatusCode.NotFound)
                {
                    // A namespace that has just been created is not known everywhere at once.
                }

                return await NamespaceCheck.ProblemAsync(client, cancellationToken) is null;
            },
            "the search attributes to appear",
            cancellationToken);
        return [.. missing.Select(attribute => attribute.Name)];
    }

    private static async Task EventuallyAsync(TimeProvider time, Func<Task<bool>> holds, string what, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (!await holds())
        {
            if (time.GetElapsedTime(begin) > Patience)
            {
                throw new CliException(ExitCode.Error, $"Waited {Patience.TotalSeconds} s for {what}; run the command again.");
            }

            await Task.Delay(Pace, time, cancellationToken);
        }
    }
}
