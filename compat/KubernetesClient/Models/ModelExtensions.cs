namespace k8s.Models;

public static class ModelExtensions
{
    public static string Name(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Name;

    public static string Namespace(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.NamespaceProperty;

    public static string Uid(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Uid;

    public static string ResourceVersion(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.ResourceVersion;

    public static IDictionary<string, string> Labels(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Labels;

    public static IDictionary<string, string> Annotations(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Annotations;

    public static string GetLabel(this IMetadata<V1ObjectMeta> obj, string key) => Lookup(obj.Labels(), key);

    public static string GetAnnotation(this IMetadata<V1ObjectMeta> obj, string key) => Lookup(obj.Annotations(), key);

    public static string Continue(this IMetadata<V1ListMeta> list) => list?.Metadata?.ContinueProperty;

    private static string Lookup(IDictionary<string, string> map, string key) => map is not null && map.TryGetValue(key, out var value) ? value : null;
}
