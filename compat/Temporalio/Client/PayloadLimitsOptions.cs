namespace Temporalio.Client;

public class PayloadLimitsOptions : ICloneable
{
    public int PayloadsWarnSize { get; set; } = 512 * 1024;

    public int MemoWarnSize { get; set; } = 2 * 1024;

    public virtual object Clone() => MemberwiseClone();
}
