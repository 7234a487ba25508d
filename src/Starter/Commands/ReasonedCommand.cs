using System.CommandLine;
using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using MigrationKey = Dualstack.Workflows.ShootKey;

namespace Dualstack.Starter.Commands;

/// <summary>A command with which a person acts on a migration, and says why.</summary>
internal abstract class ReasonedCommand : CliCommand
{
    private readonly Argument<Gardener.Shoots.ShootKey> shoot = ShootArgument.Create();

    private readonly Option<string> reason = new("--reason")
    {
        Description = "why; shown with the migration",
        Required = true,
        HelpName = "text",
    };

    private readonly Option<string?> by = new("--by") { Description = "who, if not you", HelpName = "name" };

    private readonly Option<string?> requestId = new("--request-id")
    {
        Description = "names the request: repeated with the same id it has no further effect",
        HelpName = "id",
    };

    private readonly Option<string[]> pools = new("--pool")
    {
        Description = "only this worker pool; may be given several times",
        HelpName = "name",
    };

    protected ReasonedCommand(string name, string description, bool takesPools)
        : base(name, description)
    {
        Arguments.Add(shoot);
        Options.Add(reason);
        Options.Add(by);
        Options.Add(requestId);
        if (takesPools)
        {
            Options.Add(pools);
        }

        Validators.Add(result =>
        {
            if (result.GetResult(reason) is { Tokens: [var token] } && string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError("Option '--reason' must not be empty.");
            }
        });
    }

    protected abstract Task<int> ActAsync(
        CliContext context, ITemporalClient client, MigrationKey key, OperatorRequest request, CancellationToken cancellationToken);

    protected sealed override async Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var parsed = context.Parsed;
        var client = await context.ConnectAsync(cancellationToken);
        var key = await new MigrationLocator(context, client).FindAsync(parsed.GetValue(shoot), cancellationToken);
        var request = new OperatorRequest
        {
            RequestId = parsed.GetValue(requestId) ?? Guid.NewGuid().ToString("N"),
            By = parsed.GetValue(by) ?? Person.Name,
            Reason = parsed.GetValue(reason)!,
            Pools = Options.Contains(pools) ? parsed.GetValue(pools) ?? [] : [],
        };
        try
        {
            return await ActAsync(context, client, key, request, cancellationToken);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw await MissingNamespace.OrAsync(client, e, await NotRunningAsync(client, key, e, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Whether the person named the request, so that it may be one that was recorded before.</summary>
    protected bool IsNamed(CliContext context) => context.Parsed.GetValue(requestId) is not null;

    /// <summary>Pools that the shoot does not have are refused before anything is sent, as far as they are known.</summary>
    protected static async Task CheckPoolsAsync(ITemporalClient client, MigrationKey key, OperatorRequest request, CancellationToken cancellationToken)
    {
        if (request.Pools.Count == 0
            || await new MigrationReader(client).QueryAsync(key, cancellationToken) is not { Nodes: { Readable: true } nodes }
            || nodes.PoolCount > nodes.Pools.Count)
        {
            return;
        }

        var known = nodes.Pools.Select(pool => pool.Pool).ToList();
        if (request.Pools.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new CliException(
                ExitCode.Usage, $"Shoot {key} has no worker pool \"{unknown}\"; its pools are {string.Join(", ", known)}. Nothing was sent.");
        }
    }

    private static async Task<CliException> NotRunningAsync(ITemporalClient client, MigrationKey key, RpcException notFound, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetWorkflowHandle(key.WorkflowId()).DescribeAsync(
                new WorkflowDescribeOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
            return new CliException(
                ExitCode.NotFound, $"The migration of {key} has ended, so nothing was done; see how it ended with: dualstack status {key}", notFound);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return new CliException(
                ExitCode.NotFound, $"No migration of {key} is known (garden {key.Garden}), so nothing was done; start one with: dualstack migrate {key}", e);
        }
    }
}
