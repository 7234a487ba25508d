using Temporalio.Client;
using Temporalio.Common;

namespace Temporalio.Testing;

public class WorkflowEnvironmentStartLocalOptions : TemporalClientConnectOptions
{
    public string? DownloadDirectory { get; set; }

    public bool UI { get; set; }

    public int UIPort { get; set; }

    public IReadOnlyCollection<SearchAttributeKey>? SearchAttributes { get; set; }

    public DevServerOptions DevServerOptions { get; set; } = new();

    public override object Clone()
    {
        var copy = (WorkflowEnvironmentStartLocalOptions)base.Clone();
        copy.DevServerOptions = (DevServerOptions)DevServerOptions.Clone();
        return copy;
    }
}
