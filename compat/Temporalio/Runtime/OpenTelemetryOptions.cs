namespace Temporalio.Runtime;

public class OpenTelemetryOptions : ICloneable
{
    public OpenTelemetryOptions()
    {
    }

    public OpenTelemetryOptions(Uri url) => Url = url;

    public Uri? Url { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
