namespace Temporalio.Client;

public class HttpConnectProxyOptions : ICloneable
{
    public HttpConnectProxyOptions()
    {
    }

    public HttpConnectProxyOptions(string targetHost) => TargetHost = targetHost;

    public string? TargetHost { get; set; }

    public (string, string)? BasicAuth { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
