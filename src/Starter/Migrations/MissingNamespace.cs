using Dualstack.Starter.Cli;
using Dualstack.Worker.Temporal;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Starter.Migrations;

/// <summary>Tells whether something was not found because the whole Temporal namespace is missing, or not set up.</summary>
internal static class MissingNamespace
{
    /// <returns>What to throw: the namespace's problem where it has one, else the given exception.</returns>
    public static async Task<Exception> OrAsync(ITemporalClient client, RpcException notFound, Exception otherwise, CancellationToken cancellationToken) =>
        await NamespaceCheck.ProblemAsync(client, cancellationToken) is { } problem ? new CliException(ExitCode.Error, problem, notFound) : otherwise;
}
