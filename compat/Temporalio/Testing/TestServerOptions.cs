namespace Temporalio.Testing;

public class TestServerOptions : ICloneable
{
    public string? ExistingPath { get; set; }

    public string DownloadVersion { get; set; } = "default";

    public IReadOnlyCollection<string>? ExtraArgs { get; set; }

    public TimeSpan? DownloadTtl { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
