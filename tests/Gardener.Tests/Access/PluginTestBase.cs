using Dualstack.Gardener.Access;
using Microsoft.Extensions.Time.Testing;

namespace Dualstack.Gardener.Tests.Access;

/// <summary>What tests with a credential plugin share: a real script, and kubeconfigs that name it.</summary>
public abstract class PluginTestBase : IDisposable
{
    protected const string V1 = "client.authentication.k8s.io/v1";

    private protected TestAuthority Authority { get; } = new();

    private protected TestFolder Folder { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public void Dispose()
    {
        Authority.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string Token(string token, DateTimeOffset? expires = null, string version = V1) =>
        $"echo '{{\"kind\":\"ExecCredential\",\"apiVersion\":\"{version}\",\"status\":{{\"token\":\"'\"{token}\"'\""
        + (expires is { } time ? $",\"expirationTimestamp\":\"{time:yyyy-MM-ddTHH:mm:ssZ}\"" : string.Empty)
        + "}}'";

    protected string CountRuns() => $"n=$(cat {Folder.At("runs")} 2>/dev/null || echo 0)\nn=$((n+1))\necho $n > {Folder.At("runs")}\n";

    protected string Exec(string more = "", string version = V1, string? command = null) =>
        $"exec:\n  apiVersion: {version}\n  command: {command ?? Folder.At("plugin")}" + (more.Length > 0 ? $"\n  {more}" : string.Empty);

    protected void Script(string body) => Folder.Script("plugin", body + "\n");

    protected GardenConnection Open(string kubeconfig, Func<GardenConnectionOptions, GardenConnectionOptions>? with = null)
    {
        var options = new GardenConnectionOptions { KubeconfigContent = kubeconfig, TimeProvider = Time, ReadRetries = 0 };
        return GardenConnection.Open(with?.Invoke(options) ?? options);
    }
}
