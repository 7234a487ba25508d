using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Hosting;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The garden's own API.</summary>
internal sealed class GardenApi(Garden garden, CertificateAuthority authority, Func<Uri> address) : IApi
{
    private readonly ShootReads reads = new(garden);
    private readonly ShootWrites writes = new(garden);
    private readonly ShootKubeconfigs kubeconfigs = new(authority, address);

    public IReadOnlyList<ResourceDefinition> Catalog => Http.Catalog.Garden;

    public string Prefix => string.Empty;

    public (string? Namespace, string? Shoot) Subject(ApiRequest request) => (request.Namespace, request.Resource == "shoots" ? request.Name : null);

    public Func<ApiAnswer> Read(ApiRequest request, ResourceDefinition definition)
    {
        if (definition == Http.Catalog.Shoots)
        {
            return request.Name is null ? reads.List(request) : reads.Get(request, writes.Find(request));
        }

        var items = DerivedResources.InGarden(garden, definition.Plural).ToList();
        var (version, now) = (garden.Shoots.Version, garden.Now);
        return () => request.Name is null
            ? DerivedReads.List(request, definition, items, version, now)
            : DerivedReads.Get(request, definition, items, now);
    }

    public WriteResult Write(ApiRequest request, ResourceDefinition definition, byte[] body, Caller caller)
    {
        switch (definition.Plural, request.Subresource)
        {
            case ("shoots", "adminkubeconfig" or "viewerkubeconfig") when request.Verb == "create":
                return kubeconfigs.Create(request, writes.Find(request), body, caller.Name, garden.Now);
            case ("shoots", _):
                return writes.Write(request, body, caller.Name);
            case var (plural, _) when AccessReviews.Is(plural):
                return AccessReviews.Create(request, body, caller, garden.Faults);
            case ("namespaces", null) when request.Verb == "create":
                var item = ProtobufBody.Is(body) ? ProtobufBody.Namespace(body) : Patches.ParseObject(body);
                var name = item.Text("metadata", "name") ?? string.Empty;
                if (garden.Namespaces.Contains(name))
                {
                    throw ApiError.AlreadyExists(string.Empty, "namespaces", name);
                }

                if (!ShootWrites.IsDryRun(request, body))
                {
                    garden.Namespaces.Ensure(garden, name, item);
                }

                return new WriteResult(201, item.DeepClone()) { Object = item };
            default:
                throw ApiError.MethodNotAllowed();
        }
    }

    public DerivedObjects? Derived(ApiRequest request) =>
        new(DerivedResources.InGarden(garden, request.Resource), [], garden.Shoots.Version, 0, new Dictionary<string, long>());
}
