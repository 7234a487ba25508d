using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

internal sealed class NamespaceService(EngineCore engine)
{
    public DescribeNamespaceResponse Describe(DescribeNamespaceRequest request) => request.Namespace.Length > 0 || request.Id.Length == 0
        ? engine.Namespaces.Get(request.Namespace)
        : engine.Namespaces.FindById(request.Id) ?? throw GrpcException.NotFound($"Namespace with id {request.Id} is not found.");

    public ListNamespacesResponse List(ListNamespacesRequest request) => new() { Namespaces = { engine.Namespaces.All } };

    public async Task<RegisterNamespaceResponse> RegisterAsync(RegisterNamespaceRequest request, GrpcCall call)
    {
        if (request.Namespace.Length == 0)
        {
            throw GrpcException.InvalidArgument("Namespace not set on request.");
        }

        await engine.Namespaces.AddAsync(
            request.Namespace, request.Description, request.OwnerEmail, request.WorkflowExecutionRetentionPeriod?.Span()).ConfigureAwait(false);
        return new RegisterNamespaceResponse();
    }

    public async Task<UpdateNamespaceResponse> UpdateAsync(UpdateNamespaceRequest request, GrpcCall call)
    {
        var before = engine.Namespaces.Get(request.Namespace);
        var updated = before.Clone();
        if (request.UpdateInfo is { } info)
        {
            updated.NamespaceInfo.Description = info.Description.Length > 0 ? info.Description : updated.NamespaceInfo.Description;
            updated.NamespaceInfo.OwnerEmail = info.OwnerEmail.Length > 0 ? info.OwnerEmail : updated.NamespaceInfo.OwnerEmail;
            foreach (var (name, value) in info.Data)
            {
                updated.NamespaceInfo.Data[name] = value;
            }
        }

        if (request.Config?.WorkflowExecutionRetentionTtl is { } retention)
        {
            updated.Config.WorkflowExecutionRetentionTtl = retention;
        }

        await engine.Namespaces.UpdateAsync(before, updated).ConfigureAwait(false);
        return new UpdateNamespaceResponse
        {
            NamespaceInfo = updated.NamespaceInfo,
            Config = updated.Config,
            ReplicationConfig = updated.ReplicationConfig,
        };
    }
}
