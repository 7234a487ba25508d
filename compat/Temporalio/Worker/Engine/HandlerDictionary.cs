using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Temporalio.Worker.Engine;

/// <summary>The handlers of a run, which workflow code may add to and replace.</summary>
internal sealed class HandlerDictionary<T>(
    IReadOnlyDictionary<string, T> initial, Action<string, T> onSet, Action assertMayChange) : IDictionary<string, T>
{
    private Dictionary<string, T>? changed;

    public ICollection<string> Keys => Changed.Keys;

    public ICollection<T> Values => Changed.Values;

    public int Count => changed?.Count ?? initial.Count;

    public bool IsReadOnly => false;

    private Dictionary<string, T> Changed => changed ??= new(initial);

    public T this[string key]
    {
        get => Changed[key];
        set
        {
            assertMayChange();
            Changed[key] = value;
            onSet(key, value);
        }
    }

    public void Add(string key, T value)
    {
        assertMayChange();
        Changed.Add(key, value);
        onSet(key, value);
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool Remove(string key)
    {
        assertMayChange();
        return Changed.Remove(key);
    }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) =>
        changed == null ? initial.TryGetValue(key, out value) : changed.TryGetValue(key, out value);

    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    public void Clear()
    {
        assertMayChange();
        Changed.Clear();
    }

    public bool Contains(KeyValuePair<string, T> item) => Changed.Contains(item);

    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, T>>)Changed).CopyTo(array, arrayIndex);

    public bool Remove(KeyValuePair<string, T> item) => ((ICollection<KeyValuePair<string, T>>)Changed).Remove(item);

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, T>>?)changed ?? initial).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
