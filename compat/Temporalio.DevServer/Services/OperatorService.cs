using Temporalio.Api.OperatorService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Services;

internal sealed class OperatorService(EngineCore engine)
{
    public async Task<AddSearchAttributesResponse> AddSearchAttributesAsync(AddSearchAttributesRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        await engine.SearchAttributes.Of(request.Namespace).AddAsync(request.SearchAttributes).ConfigureAwait(false);
        return new AddSearchAttributesResponse();
    }

    public async Task<RemoveSearchAttributesResponse> RemoveSearchAttributesAsync(RemoveSearchAttributesRequest request, GrpcCall call)
    {
        engine.Namespaces.Check(request.Namespace);
        await engine.SearchAttributes.Of(request.Namespace).RemoveAsync(request.SearchAttributes).ConfigureAwait(false);
        return new RemoveSearchAttributesResponse();
    }

    public ListSearchAttributesResponse ListSearchAttributes(ListSearchAttributesRequest request)
    {
        engine.Namespaces.Check(request.Namespace);
        var response = new ListSearchAttributesResponse();
        foreach (var (name, type) in engine.SearchAttributes.Of(request.Namespace).Custom)
        {
            response.CustomAttributes[name] = type;
        }

        foreach (var (name, type) in SearchAttributeRegistry.System.Concat(SearchAttributeRegistry.Predefined))
        {
            response.SystemAttributes[name] = type;
        }

        return response;
    }

    public async Task<DeleteNamespaceResponse> DeleteNamespaceAsync(DeleteNamespaceRequest request, GrpcCall call)
    {
        var name = request.Namespace.Length > 0
            ? request.Namespace
            : engine.Namespaces.FindById(request.NamespaceId)?.NamespaceInfo.Name ?? throw GrpcException.NotFound("Namespace is not found.");
        await NamespaceRemoval.RemoveAsync(engine, name).ConfigureAwait(false);
        return new DeleteNamespaceResponse { DeletedNamespace = name };
    }
}
