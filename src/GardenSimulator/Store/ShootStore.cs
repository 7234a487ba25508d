using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Http;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Store;

/// <summary>
/// All shoots, their versions, an index over labels, and the recent changes. Not safe for concurrent use: the garden's lock guards it.
/// </summary>
internal sealed class ShootStore(int historyLength)
{
    private readonly SortedDictionary<string, ShootEntry> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShootEntry> byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> byNamespace = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, string Value), SortedSet<string>> byLabel = [];
    private readonly LinkedList<WatchEvent> history = new();

    public long Version { get; private set; } = 1;

    /// <summary>Watches from versions below this one are too old.</summary>
    public long OldestWatchable { get; private set; } = 1;

    /// <summary>Pages of lists from before this version are gone.</summary>
    public long OldestPage { get; private set; }

    public int Count => byKey.Count;

    public IEnumerable<string> Namespaces => byNamespace.Keys;

    public IEnumerable<ShootEntry> All => byKey.Values;

    public ShootEntry? Find(string @namespace, string name) => byKey.GetValueOrDefault(ShootEntry.KeyOf(@namespace, name));

    public ShootEntry? FindByUid(string uid) => byUid.GetValueOrDefault(uid);

    public long NextVersion() => ++Version;

    /// <summary>Stores the object under the next version, which it also writes into the object.</summary>
    public ShootEntry Put(JsonObject shoot)
    {
        var version = NextVersion();
        shoot.Child("metadata")["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        var entry = new ShootEntry(shoot, version);
        var before = byKey.GetValueOrDefault(entry.Key);
        Replace(before, entry);
        Remember(new WatchEvent(version, entry, before, Gone: false));
        return entry;
    }

    public void Remove(ShootEntry entry)
    {
        var version = NextVersion();
        var shoot = entry.Parse();
        shoot.Child("metadata")["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        Replace(entry, null);
        Remember(new WatchEvent(version, new ShootEntry(shoot, version), entry, Gone: true));
    }

    /// <summary>Takes over what was stored before; no watch can go back behind it.</summary>
    public void Restore(IEnumerable<ShootEntry> entries, long version)
    {
        foreach (var entry in entries)
        {
            Replace(null, entry);
        }

        Version = version;
        OldestWatchable = version;
    }

    public void ForgetHistory()
    {
        history.Clear();
        OldestWatchable = NextVersion();
        OldestPage = OldestWatchable;
    }

    public List<ShootEntry> Query(string? @namespace, Selector selector)
    {
        IEnumerable<string>? keys = null;
        var size = int.MaxValue;
        foreach (var wanted in selector.RequiredLabels)
        {
            var set = byLabel.GetValueOrDefault(wanted);
            if (set is null)
            {
                return [];
            }

            if (set.Count < size)
            {
                (keys, size) = (set, set.Count);
            }
        }

        if (@namespace is not null)
        {
            var set = byNamespace.GetValueOrDefault(@namespace);
            if (set is null)
            {
                return [];
            }

            keys = set.Count < size ? set : keys;
        }

        var candidates = keys is null ? byKey.Values : keys.Select(key => byKey[key]);
        return [.. candidates.Where(entry => (@namespace is null || entry.Namespace == @namespace) && selector.Matches(entry))];
    }

    /// <summary>The changes after a version, oldest first; null if they are no longer known.</summary>
    public List<WatchEvent>? ChangesAfter(long version)
    {
        if (version < OldestWatchable)
        {
            return null;
        }

        var changes = new List<WatchEvent>();
        for (var node = history.Last; node is not null && node.Value.Version > version; node = node.Previous)
        {
            changes.Add(node.Value);
        }

        changes.Reverse();
        return changes;
    }

    private void Remember(WatchEvent change)
    {
        history.AddLast(change);
        if (history.Count > historyLength)
        {
            OldestWatchable = history.First!.Value.Version;
            history.RemoveFirst();
        }
    }

    private void Replace(ShootEntry? before, ShootEntry? after)
    {
        if (before is not null)
        {
            byUid.Remove(before.Uid);
            foreach (var (key, value) in before.Labels)
            {
                Drop(byLabel, (key, value), before.Key);
            }

            if (after is null)
            {
                byKey.Remove(before.Key);
                Drop(byNamespace, before.Namespace, before.Key);
            }
        }

        if (after is not null)
        {
            byKey[after.Key] = after;
            byUid[after.Uid] = after;
            Add(byNamespace, after.Namespace, after.Key);
            foreach (var (key, value) in after.Labels)
            {
                Add(byLabel, (key, value), after.Key);
            }
        }
    }

    private static void Add<TKey>(Dictionary<TKey, SortedSet<string>> index, TKey key, string item)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var set))
        {
            index[key] = set = new SortedSet<string>(StringComparer.Ordinal);
        }

        set.Add(item);
    }

    private static void Drop<TKey>(Dictionary<TKey, SortedSet<string>> index, TKey key, string item)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var set) && set.Remove(item) && set.Count == 0)
        {
            index.Remove(key);
        }
    }
}
