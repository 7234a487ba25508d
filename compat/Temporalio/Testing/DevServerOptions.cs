namespace Temporalio.Testing;

public class DevServerOptions : ICloneable
{
    public string? ExistingPath { get; set; }

    public string? DatabaseFilename { get; set; }

    public string LogFormat { get; set; } = "pretty";

    public string LogLevel { get; set; } = "warn";

    public string DownloadVersion { get; set; } = "default";

    public IReadOnlyCollection<string>? ExtraArgs { get; set; }

    public TimeSpan? DownloadTtl { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
