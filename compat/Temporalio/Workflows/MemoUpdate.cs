namespace Temporalio.Workflows;

public class MemoUpdate
{
    private readonly object? value;

    private MemoUpdate(string key, object? value, bool hasValue)
    {
        UntypedKey = key;
        this.value = value;
        HasValue = hasValue;
    }

    public bool HasValue { get; }

    public string UntypedKey { get; }

    public object UntypedValue =>
        HasValue ? value! : throw new InvalidOperationException($"The update of memo {UntypedKey} removes it and has no value");

    public static MemoUpdate ValueSet(string key, object value) => value == null
        ? throw new ArgumentException("Value cannot be null", nameof(value))
        : new(key, value, true);

    public static MemoUpdate ValueUnset(string key) => new(key, null, false);
}
