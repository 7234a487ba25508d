using System.Collections;
using Temporalio.Api.Common.V1;

namespace Temporalio.Common;

public class SearchAttributeCollection : IReadOnlyCollection<SearchAttributeKey>
{
    public static readonly SearchAttributeCollection Empty = new(new SortedDictionary<SearchAttributeKey, object>());

    private readonly SortedDictionary<SearchAttributeKey, object> values;

    private SearchAttributeCollection(SortedDictionary<SearchAttributeKey, object> values) => this.values = values;

    public int Count => values.Count;

    public IReadOnlyDictionary<SearchAttributeKey, object> UntypedValues => values;

    public static SearchAttributeCollection FromProto(SearchAttributes searchAttributes)
    {
        var values = new SortedDictionary<SearchAttributeKey, object>();
        foreach (var (name, payload) in searchAttributes.IndexedFields)
        {
            if (SearchAttributePayloads.FromPayload(name, payload) is var (key, value))
            {
                values[key] = value;
            }
        }

        return new(values);
    }

    public T Get<T>(SearchAttributeKey<T> key)
        where T : notnull =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no search attribute '{key.Name}'.");

    public bool TryGetValue<T>(SearchAttributeKey<T> key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
        where T : notnull
    {
        if (values.TryGetValue(key, out var untyped))
        {
            value = (T)untyped;
            return true;
        }

        value = default;
        return false;
    }

    public bool ContainsKey<T>(SearchAttributeKey<T> key)
        where T : notnull => values.ContainsKey(key);

    public bool ContainsKey(string key) => values.Keys.Any(k => k.Name == key);

    public IEnumerator<SearchAttributeKey> GetEnumerator() => values.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public SearchAttributes ToProto()
    {
        var proto = new SearchAttributes();
        foreach (var (key, value) in values)
        {
            proto.IndexedFields[key.Name] = SearchAttributePayloads.ToPayload(key, value);
        }

        return proto;
    }

    public class Builder
    {
        private readonly SortedDictionary<SearchAttributeKey, object> values = [];

        public Builder()
        {
        }

        public Builder(SearchAttributeCollection searchAttributes) => Set(searchAttributes);

        public Builder Set<T>(SearchAttributeKey<T> key, T value)
            where T : notnull
        {
            if (value == null)
            {
                throw new ArgumentException("Null value", nameof(value));
            }

            Unset(key.Name);
            values[key] = value;
            return this;
        }

        public Builder Set(SearchAttributeCollection searchAttributes)
        {
            foreach (var (key, value) in searchAttributes.values)
            {
                Unset(key.Name);
                values[key] = value;
            }

            return this;
        }

        public Builder Unset(SearchAttributeKey key) => Unset(key.Name);

        public Builder Unset(string name)
        {
            foreach (var key in values.Keys.Where(k => k.Name == name).ToList())
            {
                values.Remove(key);
            }

            return this;
        }

        public SearchAttributeCollection ToSearchAttributeCollection() =>
            new(new SortedDictionary<SearchAttributeKey, object>(values));
    }
}
