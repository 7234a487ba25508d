using Dualstack.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Dualstack.Worker.Temporal;

/// <summary>Looks whether a Temporal namespace is set up for migrations.</summary>
public static class NamespaceCheck
{
    /// <summary>Reads the namespace's retention.</summary>
    /// <param name="client">A client of the namespace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How long ended workflows are kept; null if there is no such namespace.</returns>
    public static async Task<TimeSpan?> RetentionAsync(ITemporalClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var answer = await client.Connection.WorkflowService.DescribeNamespaceAsync(
                new DescribeNamespaceRequest { Namespace = client.Options.Namespace }, Rpc(cancellationToken));
            return answer.Config?.WorkflowExecutionRetentionTtl?.ToTimeSpan() ?? TimeSpan.Zero;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reads the types of the namespace's search attributes.</summary>
    /// <param name="client">A client of the namespace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The types by name; null if the cluster does not let us see them.</returns>
    public static async Task<IReadOnlyDictionary<string, IndexedValueType>?> SearchAttributesAsync(ITemporalClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var answer = await client.Connection.OperatorService.ListSearchAttributesAsync(
                new ListSearchAttributesRequest { Namespace = client.Options.Namespace }, Rpc(cancellationToken));
            return answer.CustomAttributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value, StringComparer.Ordinal);
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unimplemented)
        {
            return null;
        }
    }

    /// <summary>Says what is missing and which command adds it.</summary>
    /// <param name="client">A client of the namespace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>One sentence; null if nothing is missing.</returns>
    public static async Task<string?> ProblemAsync(ITemporalClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var command = $"dualstack setup --address {client.Connection.Options.TargetHost} --namespace {client.Options.Namespace}";
        if (await RetentionAsync(client, cancellationToken) is null)
        {
            return $"Temporal has no namespace \"{client.Options.Namespace}\"; create it with: {command}";
        }

        var known = await SearchAttributesAsync(client, cancellationToken);
        var missing = known is null ? [] : MigrationSearchAttributes.All.Where(attribute => !known.ContainsKey(attribute.Name)).ToList();
        return missing.Count == 0
            ? null
            : $"Namespace \"{client.Options.Namespace}\" lacks the search attribute{(missing.Count > 1 ? "s" : string.Empty)} "
                + $"{string.Join(", ", missing.Select(attribute => attribute.Name))}; add what is missing with: {command}";
    }

    private static RpcOptions Rpc(CancellationToken cancellationToken) =>
        new() { Timeout = TimeSpan.FromSeconds(10), CancellationToken = cancellationToken };
}
