namespace Temporalio.Converters;

public interface IWithSerializationContext<T>
{
    T WithSerializationContext(ISerializationContext context);
}
