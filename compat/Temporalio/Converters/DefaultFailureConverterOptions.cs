namespace Temporalio.Converters;

public class DefaultFailureConverterOptions : ICloneable
{
    public bool EncodeCommonAttributes { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
