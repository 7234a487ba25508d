namespace Temporalio.Client;

public class TlsOptions : ICloneable
{
    public byte[]? ServerRootCACert { get; set; }

    public string? Domain { get; set; }

    public byte[]? ClientCert { get; set; }

    public byte[]? ClientPrivateKey { get; set; }

    public bool Disabled { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
