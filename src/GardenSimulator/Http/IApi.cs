namespace Dualstack.GardenSimulator.Http;

/// <summary>One of the APIs that the server has: the garden's, or that of a shoot. All but the watch are called inside the garden's lock.</summary>
internal interface IApi
{
    IReadOnlyList<ResourceDefinition> Catalog { get; }

    /// <summary>What comes before the API's own paths.</summary>
    string Prefix { get; }

    /// <summary>The shoot that a request is about, for faults.</summary>
    (string? Namespace, string? Shoot) Subject(ApiRequest request);

    /// <summary>Looks up what is asked for; the returned function renders it, outside the lock.</summary>
    Func<ApiAnswer> Read(ApiRequest request, ResourceDefinition definition);

    WriteResult Write(ApiRequest request, ResourceDefinition definition, byte[] body, Caller caller);

    /// <summary>The present objects of a computed resource; null when their cluster is gone.</summary>
    DerivedObjects? Derived(ApiRequest request);
}
