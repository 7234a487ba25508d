using Temporalio.Client;

namespace Temporalio.Testing;

public class WorkflowEnvironmentStartTimeSkippingOptions : TemporalClientConnectOptions
{
    public string? DownloadDirectory { get; set; }

    public TestServerOptions TestServer { get; set; } = new();

    public override object Clone()
    {
        var copy = (WorkflowEnvironmentStartTimeSkippingOptions)base.Clone();
        copy.TestServer = (TestServerOptions)TestServer.Clone();
        return copy;
    }
}
