using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Workflows;

public class SearchAttributeUpdate<T> : SearchAttributeUpdate
    where T : notnull
{
    private readonly T? value;

    internal SearchAttributeUpdate(SearchAttributeKey<T> key, T? value, bool hasValue)
        : base(hasValue)
    {
        Key = key;
        this.value = value;
    }

    public SearchAttributeKey<T> Key { get; }

    public T Value => HasValue
        ? value!
        : throw new InvalidOperationException($"The update of search attribute {Key.Name} removes it and has no value");

    public override SearchAttributeKey UntypedKey => Key;

    public override object UntypedValue => Value;

    internal override Payload ToPayload()
    {
        if (HasValue)
        {
            return new SearchAttributeCollection.Builder().Set(Key, Value).ToSearchAttributeCollection()
                .ToProto().IndexedFields[Key.Name];
        }

        var unset = DataConverter.Default.PayloadConverter.ToPayload(null);
        unset.Metadata["type"] = ByteString.CopyFromUtf8(Key.ValueType.ToString());
        return unset;
    }

    internal override void ApplyTo(SearchAttributeCollection.Builder builder)
    {
        if (HasValue)
        {
            builder.Set(Key, Value);
        }
        else
        {
            builder.Unset(Key);
        }
    }
}
