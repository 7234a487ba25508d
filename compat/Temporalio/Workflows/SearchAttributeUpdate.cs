using Temporalio.Api.Common.V1;
using Temporalio.Common;

namespace Temporalio.Workflows;

public abstract class SearchAttributeUpdate
{
    private protected SearchAttributeUpdate(bool hasValue) => HasValue = hasValue;

    public bool HasValue { get; }

    public abstract SearchAttributeKey UntypedKey { get; }

    public abstract object UntypedValue { get; }

    public static SearchAttributeUpdate<T> ValueSet<T>(SearchAttributeKey<T> key, T value)
        where T : notnull => new(key, value, true);

    public static SearchAttributeUpdate<T> ValueUnset<T>(SearchAttributeKey<T> key)
        where T : notnull => new(key, default, false);

    internal abstract Payload ToPayload();

    internal abstract void ApplyTo(SearchAttributeCollection.Builder builder);
}
