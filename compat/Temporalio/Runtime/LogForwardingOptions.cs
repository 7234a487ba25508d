using Microsoft.Extensions.Logging;

namespace Temporalio.Runtime;

public class LogForwardingOptions : ICloneable
{
    public ILogger? Logger { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
