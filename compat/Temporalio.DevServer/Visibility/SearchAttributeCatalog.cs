using System.Collections.Concurrent;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Visibility;

/// <summary>The search attributes of all namespaces; each namespace has its own.</summary>
internal sealed class SearchAttributeCatalog
{
    private readonly ConcurrentDictionary<string, SearchAttributeRegistry> registries = new(StringComparer.Ordinal);
    private readonly StoreWriter writer;

    public SearchAttributeCatalog(SqliteStore store, StoreWriter writer)
    {
        this.writer = writer;
        var stored = store.Read(static session =>
        {
            var found = new List<(string Namespace, string Name, IndexedValueType Type)>();
            using var rows = session.Query("SELECT ns, name, type FROM search_attributes");
            while (rows.Read())
            {
                found.Add((rows.GetString(0), rows.GetString(1), (IndexedValueType)rows.GetInt32(2)));
            }

            return found;
        });
        foreach (var group in stored.GroupBy(static item => item.Namespace))
        {
            registries[group.Key] = new(writer, group.Key, group.Select(static item => KeyValuePair.Create(item.Name, item.Type)));
        }
    }

    /// <summary>The custom attributes of all namespaces, by name.</summary>
    public IEnumerable<KeyValuePair<string, IndexedValueType>> Custom => registries.Values.SelectMany(static registry => registry.Custom);

    public SearchAttributeRegistry Of(string @namespace) =>
        registries.GetOrAdd(@namespace, static (name, writer) => new(writer, name, []), writer);

    public void Forget(string @namespace) => registries.TryRemove(@namespace, out _);
}
